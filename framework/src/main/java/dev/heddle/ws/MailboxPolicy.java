package dev.heddle.ws;

/// What becomes of a message for a member whose mailbox is full because its peer accepts no bytes.
/// The other members are served all the same.
public enum MailboxPolicy {
  /// The message that has waited longest gives its place to the new one: the member falls behind
  /// and then hears what is new.
  DROP_OLDEST,

  /// The new message is dropped: the member hears the beginning of what it was too slow for.
  DROP_NEWEST,

  /// The member leaves, and its socket is closed with 1013 (try again later), so that it may come
  /// back and ask for what it has missed.
  CLOSE
}
