package dev.heddle.benchmarks.load;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// What one loop counts in one window. Belongs to the thread of its loop until the window is over.
final class Tally {
  private static final long MAX_NANOS = TimeUnit.HOURS.toNanos(1);
  private static final int DIGITS = 3;

  final Histogram latency = newHistogram();
  final Histogram sendLag = newHistogram();
  final Map<ErrorKind, Long> errors = new EnumMap<>(ErrorKind.class);
  long answered;
  long drained;
  long unsent;
  int starved;
  int reconnects;
  long bytesSent;
  long bytesReceived;

  /// An empty histogram of nanoseconds.
  static Histogram newHistogram() {
    return new Histogram(MAX_NANOS, DIGITS);
  }

  private static void record(Histogram histogram, long nanos, int count) {
    histogram.recordValueWithCount(Math.clamp(nanos, 0, MAX_NANOS), count);
  }

  /// Messages answered correctly after `nanos` each; `late` when the window was over by then.
  void answered(int count, long nanos, boolean late) {
    record(latency, nanos, count);
    answered += count;
    if (late) {
      drained += count;
    }
  }

  /// A message that the generator came to so many nanoseconds after its time.
  void sentLate(long nanos) {
    record(sendLag, nanos, 1);
  }

  void error(ErrorKind kind) {
    errors.merge(kind, 1L, Long::sum);
  }

  /// A message that was due when the window ended and could not be sent: its wait so far counts.
  void unsent(long waited) {
    unsent++;
    record(latency, waited, 1);
  }

  /// Adds what another loop counted.
  void add(Tally other) {
    latency.add(other.latency);
    sendLag.add(other.sendLag);
    other.errors.forEach((kind, count) -> errors.merge(kind, count, Long::sum));
    answered += other.answered;
    drained += other.drained;
    unsent += other.unsent;
    starved += other.starved;
    reconnects += other.reconnects;
    bytesSent += other.bytesSent;
    bytesReceived += other.bytesReceived;
  }
}
