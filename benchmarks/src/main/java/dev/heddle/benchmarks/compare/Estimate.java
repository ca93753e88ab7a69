package dev.heddle.benchmarks.compare;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How long a run will still take, from how long its steps have taken so far.
///
/// Belongs to one thread at a time.
final class Estimate {
  private final Map<Work, Tally> tallies = new EnumMap<>(Work.class);

  private static final class Tally {
    private final double expected;
    private final @Nullable Tally part;
    private int left;
    private int done;
    private double seconds;

    /// @param part what each of these steps has in it besides, and others are; null: nothing
    Tally(int count, double expected, @Nullable Tally part) {
      this.expected = expected;
      this.part = part;
      left = count;
    }

    double each() {
      return done > 0 ? seconds / done : part == null ? expected : expected + part.each();
    }
  }

  Estimate(Plan plan, int contenders) {
    for (Work work : Work.values()) {
      boolean warmsUp = work == Work.ROUND && plan.freshJvms();
      Tally part = warmsUp ? tallies.get(Work.WARM_UP) : null;
      tallies.put(work, new Tally(contenders * work.count(plan), work.seconds(plan), part));
    }
  }

  /// Of so many cells of `--history`.
  static Estimate ofHistory(Plan plan, int cells) {
    Estimate estimate = new Estimate(plan, 0);
    estimate.tallies.put(Work.HISTORY, new Tally(cells, Work.HISTORY.seconds(plan), null));
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
