package dev.heddle.metrics;

/// Which of several cells a thread counts in, so that carriers seldom meet in one. A connection has
/// a thread of its own, so it stays with its cell.
final class Stripes {
  /// How many there are: a power of two, one a core or a few more.
  static final int COUNT =
      Math.min(64, Integer.highestOneBit(2 * Runtime.getRuntime().availableProcessors() - 1));

  private Stripes() {}

  /// That of the calling thread, from 0.
  static int current() {
    return (int) Thread.currentThread().threadId() & (COUNT - 1);
  }
}
