package dev.heddle.http;

/// A response's body could not be made, for a reason that is not the network's.
final class BodyFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean committed;

  /// @param committed whether some of the response has been written
  BodyFailedException(Exception cause, boolean committed) {
    super(cause);
    this.committed = committed;
  }

  boolean isCommitted() {
    return committed;
  }
}
