package dev.heddle.metrics;

import dev.heddle.ServedRequest;
import java.util.concurrent.atomic.AtomicLongArray;

/// What is counted of the requests with the same labels: how many took how long, and their octets.
/// Each stripe has cache lines of its own.
///
/// ```
///   | requests up to 100 µs | ... | up to 10 s | longer | nanos | read | written | cut short |
/// ```
///
/// Threading: any thread counts, without waiting for another.
final class RequestSeries {
  /// Up to how many nanoseconds a request belongs to a bucket.
  private static final long[] BOUNDS = {
    100_000L,
    250_000L,
    500_000L,
    1_000_000L,
    2_500_000L,
    5_000_000L,
    10_000_000L,
    25_000_000L,
    50_000_000L,
    100_000_000L,
    250_000_000L,
    500_000_000L,
    1_000_000_000L,
    2_500_000_000L,
    5_000_000_000L,
    10_000_000_000L
  };

  private static final int NANOS = BOUNDS.length + 1;
  private static final int READ = NANOS + 1;
  private static final int WRITTEN = NANOS + 2;
  private static final int CUT_SHORT = NANOS + 3;

  /// A multiple of what shares a cache line, and some more than is used.
  private static final int STRIDE = 24;

  private final AtomicLongArray cells = new AtomicLongArray(STRIDE * Stripes.COUNT);

  void count(ServedRequest request) {
    int stripe = STRIDE * Stripes.current();
    cells.getAndIncrement(stripe + bucket(request.nanos()));
    cells.getAndAdd(stripe + NANOS, request.nanos());
    if (request.bytesRead() != 0) {
      cells.getAndAdd(stripe + READ, request.bytesRead());
    }
    if (request.bytesWritten() != 0) {
      cells.getAndAdd(stripe + WRITTEN, request.bytesWritten());
    }
    if (!request.complete()) {
      cells.getAndIncrement(stripe + CUT_SHORT);
    }
  }

  private static int bucket(long nanos) {
    int bucket = 0;
    while (bucket < BOUNDS.length && nanos > BOUNDS[bucket]) {
      bucket++;
    }
    return bucket;
  }

  /// Up to how many seconds each bucket reaches; one more is without a bound.
  static double[] boundsInSeconds() {
    double[] seconds = new double[BOUNDS.length];
    for (int i = 0; i < seconds.length; i++) {
      seconds[i] = BOUNDS[i] / 1e9;
    }
    return seconds;
  }

  /// How many requests there are in each bucket: one more than there are bounds.
  long[] buckets() {
    long[] buckets = new long[BOUNDS.length + 1];
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] = sum(i);
    }
    return buckets;
  }

  double seconds() {
    return sum(NANOS) / 1e9;
  }

  long bytesRead() {
    return sum(READ);
  }

  long bytesWritten() {
    return sum(WRITTEN);
  }

  long cutShort() {
    return sum(CUT_SHORT);
  }

  private long sum(int cell) {
    long sum = 0;
    for (int stripe = 0; stripe < Stripes.COUNT; stripe++) {
      sum += cells.get(STRIDE * stripe + cell);
    }
    return sum;
  }
}
