package dev.heddle.demo.ws;

/// Something that the chat does not do, with a reason to be shown to whoever asked for it.
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  /// @param reason short, and not in the words of the one who is refused
  RefusedException(String reason) {
    super(reason);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
