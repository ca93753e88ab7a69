package dev.heddle.ws;

/// How messages are compressed with peers that can (permessage-deflate, RFC 7692).
///
/// What a context costs while its socket is idle: about 270 KiB to send with, 44 KiB to receive
/// with. Without a context each message is compressed by itself, an idle socket has none, and a
/// message to many is compressed once for all.
///
/// @param minimumSize messages that are shorter are sent as they are, in bytes
/// @param sendContext whether a message may refer to those sent before it, if the peer allows that
/// @param receiveContext whether the peer's messages may refer to those before
public record CompressionOptions(int minimumSize, boolean sendContext, boolean receiveContext) {

  /// From 1024 bytes, without contexts.
  public static final CompressionOptions DEFAULT = new CompressionOptions(1024, false, false);

  /// Checks the values.
  ///
  /// @throws IllegalArgumentException naming the option, its value and what was expected
  public CompressionOptions {
    WebSocketOptions.check(minimumSize >= 0, "minimumSize", minimumSize, "a number from 0");
  }
}
