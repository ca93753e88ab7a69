package dev.heddle.benchmarks.load;

import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/// The messages of one connection in one window: which are under way, since when, and what is due
/// next.
///
/// Holds no socket. Belongs to the thread of its loop.
final class Conversation {
  private static final long STARVATION_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long[] NO_RING = {};

  private final int connection;
  private final int pipeline;
  private final long[] later; // the intended times of those under way behind the oldest: a ring

  private Timetable timetable = Timetable.silent();
  private long issued;
  private int underWay;
  private long oldest; // its intended time
  private long waitingSince;
  private boolean starved;

  /// @param connection this connection's place among those of its loop
  /// @param pipeline the most messages under way at a time
  Conversation(int connection, int pipeline) {
    this.connection = connection;
    this.pipeline = pipeline;
    later = pipeline == 1 ? NO_RING : new long[Integer.highestOneBit(2 * pipeline - 1)];
  }

  /// Starts a window. Nothing is under way.
  void begin(Timetable timetable) {
    this.timetable = timetable;
    issued = 0;
    underWay = 0;
    starved = false;
  }

  /// Takes the messages that are due at `now` and for which there is room; returns how many.
  int issue(long now) {
    int before = underWay;
    if (before == 0) {
      waitingSince = now;
    }
    while (underWay < pipeline) {
      long at = timetable.intended(connection, issued, now);
      if (at == Timetable.NONE) {
        break;
      }
      put(at);
    }
    return underWay - before;
  }

  private void put(long at) {
    if (underWay == 0) {
      oldest = at;
    } else {
      later[slot(issued)] = at;
    }
    issued++;
    underWay++;
  }

  private int slot(long message) {
    return (int) message & (later.length - 1);
  }

  /// When the oldest message under way was meant to be sent.
  long oldest() {
    return oldest;
  }

  /// Notes replies to the oldest message under way and to those meant to be sent with it, up to
  /// `max` in all; returns how many.
  ///
  /// @param max at least 1, at most [#underWay()]
  int answer(int max, long now) {
    noteWait(now);
    waitingSince = now;
    long first = oldest;
    int count = 0;
    do {
      dropOldest();
      count++;
    } while (count < max && oldest == first);
    return count;
  }

  private void dropOldest() {
    underWay--;
    if (underWay > 0) {
      oldest = later[slot(issued - underWay)];
    }
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
    int abandoned = underWay;
    underWay = 0;
    return abandoned;
  }

  int underWay() {
    return underWay;
  }

  /// How long the server has owed a reply without sending one, in nanoseconds; 0 when it owes none.
  long waited(long now) {
    return underWay == 0 ? 0 : now - waitingSince;
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
