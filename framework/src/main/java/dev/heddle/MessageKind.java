package dev.heddle;

/// What a message of a WebSocket holds (RFC 6455, section 5.6).
public enum MessageKind {
  /// Text, in UTF-8.
  TEXT,

  /// Bytes.
  BINARY
}
