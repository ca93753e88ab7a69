package dev.heddle.ws;

/// A message in the form in which it is sent: made once, sent to many. Made for peers without
/// compression at once, and for those with it when the first of them is sent it.
///
/// Immutable; any thread.
public final class PreparedMessage {
  private final Message message;

  private PreparedMessage(Message message) {
    this.message = message;
  }

  /// Prepares a message.
  public static PreparedMessage of(Message message) {
    return new PreparedMessage(message);
  }

  /// Prepares a text.
  public static PreparedMessage of(String text) {
    return of(Message.text(text));
  }

  /// What was prepared.
  public Message message() {
    return message;
  }
}
