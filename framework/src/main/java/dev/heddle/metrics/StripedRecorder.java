package dev.heddle.metrics;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/// A histogram in stripes, so that carriers seldom count in the same.
///
/// Threading: any thread records; one at a time takes intervals.
final class StripedRecorder {
  private static final long SHORTEST = 1000;
  private static final int DIGITS = 2;

  private final AtomicReferenceArray<@Nullable Recorder> stripes =
      new AtomicReferenceArray<>(Stripes.COUNT);

  /// Of each stripe the last interval, to be used again. Of whoever takes intervals.
  private final @Nullable Histogram[] last = new Histogram[Stripes.COUNT];

  void record(long nanos) {
    int stripe = Stripes.current();
    Recorder recorder = stripes.get(stripe);
    if (recorder == null) {
      stripes.compareAndSet(stripe, null, new Recorder(SHORTEST, HdrLatencies.LONGEST, DIGITS));
      recorder = stripes.get(stripe);
    }
    if (recorder != null) {
      recorder.recordValue(nanos);
    }
  }

  void addIntervalTo(Histogram sum) {
    for (int stripe = 0; stripe < last.length; stripe++) {
      Recorder recorder = stripes.get(stripe);
      if (recorder != null) {
        Histogram interval = recorder.getIntervalHistogram(last[stripe]);
        last[stripe] = interval;
        sum.add(interval);
      }
    }
  }

  static Histogram histogram() {
    return new Histogram(SHORTEST, HdrLatencies.LONGEST, DIGITS);
  }
}
