package dev.heddle.benchmarks.compare;

import java.util.EnumMap;
import java.util.Map;

/// How long a run will still take, from how long its steps have taken so far.
///
/// Belongs to one thread at a time.
final class Estimate {
  private final Map<Work, Tally> tallies = new EnumMap<>(Work.class);

  private static final class Tally {
    private final double expected;
    private int left;
    private int done;
    private double seconds;

    Tally(int count, double expected) {
      this.expected = expected;
      left = count;
    }

    double each() {
      return done == 0 ? expected : seconds / done;
    }
  }

  Estimate(Plan plan, int contenders) {
    for (Work work : Work.values()) {
      tallies.put(work, new Tally(contenders * work.count(plan), work.seconds(plan)));
    }
  }

  /// Of so many cells of `--history`.
  static Estimate ofHistory(Plan plan, int cells) {
    Estimate estimate = new Estimate(plan, 0);
    estimate.tallies.put(Work.HISTORY, new Tally(cells, Work.HISTORY.seconds(plan)));
    return estimate;
  }

  /// A step is over.
  void done(Work work, double seconds) {
    Tally tally = tally(work);
    tally.left = Math.max(0, tally.left - 1);
    tally.done++;
    tally.seconds += seconds;
  }

  /// The seconds left, when the current step has run for `seconds`.
  double left(Work current, double seconds) {
    double sum = tallies.values().stream().mapToDouble(tally -> tally.left * tally.each()).sum();
    return Math.max(0, sum - Math.min(seconds, tally(current).each()));
  }

  private Tally tally(Work work) {
    Tally tally = tallies.get(work);
    if (tally == null) {
      throw new IllegalStateException("no tally of " + work);
    }
    return tally;
  }
}
