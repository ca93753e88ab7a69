package dev.heddle.benchmarks.load;

import java.util.concurrent.TimeUnit;

/// One stretch of measuring, in the clock of [System#nanoTime()].
///
/// @param connections how many connections all loops have together
record Window(Pace pace, long start, long end, int connections) {
  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

  /// Whether connections that are lost are opened again.
  boolean reopens() {
    return switch (pace) {
      case Pace.ClosedLoop _, Pace.OpenLoop _ -> true;
      case Pace.Once _, Pace.Silent _ -> false;
    };
  }

  /// The timetable of a loop that has `count` connections from number `first` on.
  Timetable timetable(int first, int count) {
    return switch (pace) {
      case Pace.ClosedLoop _ -> Timetable.closedLoop(end);
      case Pace.OpenLoop open ->
          Timetable.openLoop(loopStart(open, first, count), end, interval(open, count), count);
      case Pace.Once _ -> Timetable.once(end);
      case Pace.Silent _ -> Timetable.silent();
    };
  }

  /// The nanoseconds between two messages of a loop that has `count` of the connections.
  double interval(Pace.OpenLoop pace, int count) {
    return SECOND / pace.perSecond() * connections / count;
  }

  /// When a loop sends its first message: not all loops at the same moment.
  long loopStart(Pace.OpenLoop pace, int first, int count) {
    return start + (long) (interval(pace, count) * first / connections);
  }
}
