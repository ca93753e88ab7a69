package dev.heddle.demo.http;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/// What the server does, counted.
///
/// Threading: any thread counts; one thread takes samples.
final class Statistics {
  /// What took longer counts as this long.
  static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(10);

  private static final int DIGITS = 2;

  private final LongAdder opened = new LongAdder();
  private final LongAdder closed = new LongAdder();
  private final Recorder times = new Recorder(LONGEST_NANOS, DIGITS);

  /// Owned by the thread that takes samples, with all below.
  private Histogram interval = times.getIntervalHistogram();

  private long samples;
  private long requests;
  private long takenAt;

  /// @param now as [System#nanoTime()] has it
  Statistics(long now) {
    takenAt = now;
  }

  Statistics() {
    this(System.nanoTime());
  }

  /// A connection has begun.
  void opened() {
    opened.increment();
  }

  /// A connection has ended.
  void closed() {
    closed.increment();
  }

  /// A request has been answered.
  void answered(long nanos) {
    times.recordValue(Math.clamp(nanos, 0, LONGEST_NANOS));
  }

  /// What happened since the last sample.
  ///
  /// @param now as [System#nanoTime()] has it
  Sample sample(long now) {
    interval = times.getIntervalHistogram(interval);
    long nanos = Math.max(1, now - takenAt);
    long ended = closed.sum(); // before the begun: else there may be fewer than none
    long begun = opened.sum();
    long answered = interval.getTotalCount();
    takenAt = now;
    requests += answered;
    return new Sample(
        ++samples,
        begun - ended,
        begun,
        requests,
        answered * 1e9 / nanos,
        answered == 0 ? null : Latency.of(interval));
  }
}
