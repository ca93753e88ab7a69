package dev.heddle.benchmarks.load;

import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/// The messages of one connection in one window: which are under way, since when, and what is due
/// next.
///
/// Holds no socket. Belongs to the thread of its loop.
final class Conversation {
  private static final long STARVATION_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final int connection;
  private final int pipeline;
  private final long[] intended; // of the messages under way: a ring, oldest at `answered`
  private final int mask;

  private Timetable timetable = Timetable.silent();
  private long issued;
  private long answered;
  private long waitingSince;
  private boolean starved;

  /// @param connection this connection's place among those of its loop
  /// @param pipeline the most messages under way at a time
  Conversation(int connection, int pipeline) {
    this.connection = connection;
    this.pipeline = pipeline;
    int ring = Integer.highestOneBit(Math.max(1, 2 * pipeline - 1));
    intended = new long[ring];
    mask = ring - 1;
  }

  /// Starts a window. Nothing is under way.
  void begin(Timetable timetable) {
    this.timetable = timetable;
    issued = 0;
    answered = 0;
    starved = false;
  }

  /// Takes the messages that are due at `now` and for which there is room; returns how many.
  int issue(long now) {
    long before = issued;
    if (before == answered) {
      waitingSince = now;
    }
    while (issued - answered < pipeline) {
      long at = timetable.intended(connection, issued, now);
      if (at == Timetable.NONE) {
        break;
      }
      intended[(int) issued & mask] = at;
      issued++;
    }
    return (int) (issued - before);
  }

  /// When the oldest message under way was meant to be sent.
  long oldest() {
    return intended[(int) answered & mask];
  }

  /// Notes replies to the oldest message under way and to those meant to be sent with it, up to
  /// `max` in all; returns how many.
  int answer(int max, long now) {
    noteWait(now);
    waitingSince = now;
    long first = oldest();
    int count = 0;
    do {
      answered++;
      count++;
    } while (count < max && oldest() == first);
    return count;
  }

  /// Ends the window at `end`: nothing more is issued. Tells `waited` how long each message that
  /// was due and lacked room has waited until then.
  void stop(long end, LongConsumer waited) {
    long at;
    for (long message = issued;
        (at = timetable.intended(connection, message, end)) != Timetable.NONE;
        message++) {
      waited.accept(end - at);
    }
    timetable = Timetable.silent();
  }

  /// Gives up the messages under way; returns how many.
  int abandon(long now) {
    noteWait(now);
    int abandoned = underWay();
    answered = issued;
    return abandoned;
  }

  int underWay() {
    return (int) (issued - answered);
  }

  /// How long the server has owed a reply without sending one, in nanoseconds; 0 when it owes none.
  long waited(long now) {
    return underWay() == 0 ? 0 : now - waitingSince;
  }

  private void noteWait(long now) {
    if (waited(now) > STARVATION_NANOS) {
      starved = true;
    }
  }

  /// Whether the server ever owed a reply for over a second in this window.
  boolean starved() {
    return starved;
  }
}
