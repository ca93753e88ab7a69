package dev.heddle.benchmarks.load;

/// When each message of a window is to be sent.
///
/// Latency is counted from these times, not from when a message could be sent at last: a server
/// that stalls is charged for all the messages that it kept waiting (no coordinated omission).
interface Timetable {
  /// Not due, or not yet.
  long NONE = Long.MIN_VALUE;

  /// The intended time of a message in the clock of [System#nanoTime()], or [#NONE] when it is not
  /// due at `now`.
  ///
  /// @param connection the connection's place among those of its loop, from 0
  /// @param message the message's number on its connection, from 0
  long intended(int connection, long message, long now);

  /// No message at all.
  static Timetable silent() {
    return (_, _, _) -> NONE;
  }

  /// Until `end`, each message as soon as its connection has room for it.
  static Timetable closedLoop(long end) {
    return (_, _, now) -> now - end < 0 ? now : NONE;
  }

  /// Until `end`, one message on each connection.
  static Timetable once(long end) {
    return (_, message, now) -> message == 0 && now - end < 0 ? now : NONE;
  }

  /// A message every `interval` nanoseconds from `start` until before `end`, on each of
  /// `connections` in turn.
  static Timetable openLoop(long start, long end, double interval, int connections) {
    return (connection, message, now) -> {
      long at = start + (long) ((message * connections + connection) * interval);
      return at - now <= 0 && at - end < 0 ? at : NONE;
    };
  }
}
