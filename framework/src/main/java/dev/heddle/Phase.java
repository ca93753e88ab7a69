package dev.heddle;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Where a connection stands, and until when it may stay there: one word, so that the owner, the
/// sweeper and a drain can never disagree.
///
/// ```
///   WORKING <---------> AWAITING        the owner, to and fro, each time with a deadline
///      |                 |    |
///      |    deadline     |    |  drain
///      +---> EXPIRED <---+    +-----> ENDING
/// ```
///
/// `EXPIRED` is final; from `ENDING` the owner still moves to `WORKING`, if a message had come
/// before it learned of the drain. It learns of both when it next moves or reads.
final class Phase {
  /// The peer may begin something, or leave: between messages.
  static final int AWAITING = 0;

  /// Something that was accepted is being dealt with.
  static final int WORKING = 1;

  /// The deadline has passed.
  static final int EXPIRED = 2;

  /// The server is closing, and asked for no more input.
  static final int ENDING = 3;

  /// The deadline of a phase that may last for ever, in milliseconds of [ServerClock].
  static final long NEVER = Long.MAX_VALUE >> 2;

  private static final VarHandle WORD;

  static {
    try {
      WORD = MethodHandles.lookup().findVarHandle(Phase.class, "word", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile long word = word(WORKING, NEVER);

  private static long word(int phase, long deadline) {
    return deadline << 2 | phase;
  }

  /// The phase now. Any thread.
  int current() {
    return (int) (word & 3);
  }

  /// Moves to `AWAITING` or `WORKING`. Owner only.
  ///
  /// @param deadline in milliseconds of the clock
  /// @return false if it has expired, or is ending and was to await more
  boolean move(int phase, long deadline) {
    long seen;
    do {
      seen = word;
      if ((seen & 3) == EXPIRED || ((seen & 3) == ENDING && phase == AWAITING)) {
        return false;
      }
    } while (!WORD.compareAndSet(this, seen, word(phase, deadline)));
    return true;
  }

  /// Makes an overdue phase `EXPIRED`.
  ///
  /// @return true if this call did so
  boolean expire(long now) {
    long seen = word;
    return (seen & 3) < EXPIRED
        && seen >> 2 <= now
        && WORD.compareAndSet(this, seen, word(EXPIRED, NEVER));
  }

  /// Makes `AWAITING` `ENDING`.
  ///
  /// @return true if this call did so
  boolean end() {
    long seen;
    do {
      seen = word;
      if ((seen & 3) != AWAITING) {
        return false;
      }
    } while (!WORD.compareAndSet(this, seen, word(ENDING, NEVER)));
    return true;
  }
}
