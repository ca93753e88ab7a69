package dev.heddle.benchmarks.load;

import java.io.Serial;

/// The reply cannot be made sense of, so the connection has to be given up.
final class ReplyException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final ErrorKind kind;

  ReplyException(ErrorKind kind) {
    super(kind.label());
    this.kind = kind;
  }

  ErrorKind kind() {
    return kind;
  }
}
