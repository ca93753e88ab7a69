package dev.heddle.http;

import java.io.IOException;

/// The peer's fault, and the status that tells it so. Thrown by the codec where a message breaks
/// RFC 9110 or RFC 9112 or exceeds a limit, and by handlers that refuse a request.
///
/// Messages go to the peer: they are short, and never repeat its bytes.
public final class ProtocolException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Status status;

  /// @param status from 400 to 599
  public ProtocolException(Status status, String message) {
    super(message);
    if (status.code() < 400) {
      throw new IllegalArgumentException("status is " + status.code() + ": expected 400 to 599");
    }
    this.status = status;
  }

  static ProtocolException badRequest(String message) {
    return new ProtocolException(Status.BAD_REQUEST, message);
  }

  /// The status of the answer.
  public Status status() {
    return status;
  }

  /// The answer to the peer.
  Response toResponse() {
    return Response.text(
        status, status.code() + " " + status.reason() + ": " + getMessage() + "\n");
  }

  /// A refusal is an answer, not a surprise: nobody reads where it was thrown, so it costs no
  /// stack.
  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}
