package dev.heddle.ws;

/// How far a message has come that was to be sent without waiting.
enum Delivery {
  /// The network has it.
  SENT,

  /// The network has a part, and the rest is written: it leaves with the next flush. Or it has all,
  /// and other frames are to follow.
  TO_BE_FLUSHED,

  /// Nothing of it has been sent or written.
  NOT_BEGUN
}
