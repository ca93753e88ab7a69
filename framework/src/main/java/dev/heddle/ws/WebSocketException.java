package dev.heddle.ws;

import java.io.IOException;

/// The peer broke the protocol, or a limit. It has been told so with a Close frame, and the socket
/// is closed (RFC 6455, section 7.1.7).
public final class WebSocketException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient CloseCode code;
  private final String what;

  WebSocketException(CloseCode code, String message) {
    super(message);
    this.code = code;
    this.what = message;
  }

  /// What the peer was told.
  public CloseCode code() {
    return code;
  }

  /// What the peer did, in words of ours.
  String what() {
    return what;
  }

  /// An answer to the peer, not a surprise: nobody reads where it was thrown, so it costs no stack.
  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}
