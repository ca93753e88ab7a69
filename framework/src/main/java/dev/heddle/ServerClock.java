package dev.heddle;

import java.util.function.LongSupplier;

/// The time by which deadlines are held: milliseconds since the clock was made, moved on by the
/// [Sweeper] alone. Reading it is one load of a field, so a connection can afford it per message;
/// the price is that a deadline is held late by up to one sweep, and never early.
final class ServerClock {
  /// By how much [#millis()] may lag, in milliseconds: the time between two calls of [#advance()].
  static final long TICK_MILLIS = 50;

  private final LongSupplier nanoTime;
  private final long origin;
  private volatile long millis;

  /// A clock that stands at zero.
  ///
  /// @param nanoTime as [System#nanoTime()]; tests bring their own
  ServerClock(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.origin = nanoTime.getAsLong();
  }

  /// The time of the last sweep.
  long millis() {
    return millis;
  }

  /// Moves on to the present, and returns it.
  long advance() {
    long now = (nanoTime.getAsLong() - origin) / 1_000_000;
    millis = now;
    return now;
  }
}
