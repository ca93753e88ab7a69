package dev.heddle.http;

/// A limit that rises by one while its work is quick, and falls by a tenth when it becomes slow
/// (additive increase, multiplicative decrease, as TCP does with its window).
///
/// Quick is what takes up to twice as long as the work did at its quickest. That is remembered, and
/// slowly forgotten: if the work itself has come to take longer, then in a minute that is the
/// measure. It is judged in windows of a hundred milliseconds or more, each with ten pieces of work
/// or more, by their mean. A limit that is not made use of does not rise.
///
/// ```
///   limit
///     |      /\        /\      mean > 2 x quickest:  limit x 0.9
///     |     /  \  /\  /        else, if made use of: limit + 1
///     |    /    \/  \/
///     +------------------> windows
/// ```
final class AdaptiveLimit implements Limit {
  static final long WINDOW_NANOS = 100_000_000;
  static final int WINDOW_SAMPLES = 10;

  private static final int FIRST = 20;
  private static final double TOLERANCE = 2;
  private static final double DECREASE = 0.9;

  /// By how much the quickest is forgotten in each window: to double takes about 600 of them.
  private static final double DRIFT = 1.00116;

  /// What is no slower than this is quick: the clock of a busy machine is no finer.
  private static final double FLOOR_NANOS = 1_000_000;

  private final int least;
  private final int most;
  private volatile int current;

  // Guarded by this.
  private double quickest = Double.POSITIVE_INFINITY;
  private long windowFrom = Long.MIN_VALUE;
  private long sum;
  private int count;
  private int mostRunning;

  /// A limit that begins at 20, or as near as it may.
  AdaptiveLimit(int least, int most) {
    this.least = least;
    this.most = most;
    this.current = Math.clamp(FIRST, least, most);
  }

  @Override
  public int current() {
    return current;
  }

  @Override
  public synchronized void sample(long nanos, int running, long now) {
    if (count == 0) {
      windowFrom = now;
    }
    sum += nanos;
    count++;
    mostRunning = Math.max(mostRunning, running);
    if (count >= WINDOW_SAMPLES && now - windowFrom >= WINDOW_NANOS) {
      judge((double) sum / count);
      sum = 0;
      count = 0;
      mostRunning = 0;
    }
  }

  private void judge(double mean) {
    quickest = Math.min(mean, quickest * DRIFT);
    if (mean > Math.max(FLOOR_NANOS, quickest * TOLERANCE)) {
      current = Math.max(least, (int) (current * DECREASE));
    } else if (mostRunning * 2 >= current) {
      current = Math.min(most, current + 1);
    }
  }
}
