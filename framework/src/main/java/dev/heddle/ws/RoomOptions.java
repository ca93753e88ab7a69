package dev.heddle.ws;

import java.util.Objects;

/// How much a [Room] keeps for a member that is slow, and what it does about the rest.
///
/// @param mailbox messages that may wait for a member, at least 1. What waits for many members is
///   in memory once; what waits for none takes no room at all
/// @param policy what becomes of a message for a mailbox that is full
public record RoomOptions(int mailbox, MailboxPolicy policy) {
  /// Up to 64 messages, of which the oldest give way.
  public static final RoomOptions DEFAULT = new RoomOptions(64, MailboxPolicy.DROP_OLDEST);

  /// Options that make sense.
  ///
  /// @throws IllegalArgumentException if a mailbox is to hold nothing
  public RoomOptions {
    Objects.requireNonNull(policy);
    if (mailbox < 1) {
      throw new IllegalArgumentException("mailbox is " + mailbox + ": expected at least 1");
    }
  }

  /// These options with mailboxes of another size, in messages.
  public RoomOptions withMailbox(int messages) {
    return new RoomOptions(messages, policy);
  }

  /// These options with another policy.
  public RoomOptions withPolicy(MailboxPolicy other) {
    return new RoomOptions(mailbox, other);
  }
}
