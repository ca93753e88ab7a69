package dev.heddle.metrics;

import dev.heddle.Connection;
import dev.heddle.Observer;
import dev.heddle.RequestWatch;
import dev.heddle.ServedRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// How long requests take, to any percentile, by their labels: for live views and load tests. Make
/// it the server's observer. Needs HdrHistogram on the class path or module path.
///
/// Values are nanoseconds, within one percent. Each combination of labels holds some 25 KB for each
/// core, so this is for those who look closely: [ServerMetrics] counts in buckets, in a hundredth
/// of that.
///
/// Threading: any thread.
@SuppressWarnings("exports") // who uses it has the library
public final class HdrLatencies implements Observer {
  /// What took longer counts as this long, in nanoseconds.
  public static final long LONGEST = TimeUnit.MINUTES.toNanos(10);

  private final BooleanSupplier wanted;
  private final LabelledSeries<StripedRecorder> series = new LabelledSeries<>(StripedRecorder::new);
  private final RequestWatch watch = this::record;

  /// Measures all requests.
  public HdrLatencies() {
    this(() -> true);
  }

  /// Measures those that begin while someone wants to know, and costs next to nothing otherwise.
  ///
  /// @param wanted asked for each request, on its connection's thread
  public HdrLatencies(BooleanSupplier wanted) {
    this.wanted = wanted;
  }

  @Override
  public @Nullable RequestWatch requestStarted(Connection connection) {
    return wanted.getAsBoolean() ? watch : null;
  }

  private void record(ServedRequest request) {
    series.of(request).record(Math.clamp(request.nanos(), 0, LONGEST));
  }

  /// What was measured since the last call of this method or [#total()], by labels. Those without
  /// requests are not among them.
  public synchronized Map<RequestLabels, Histogram> interval() {
    Map<RequestLabels, Histogram> interval = new HashMap<>();
    series
        .all()
        .forEach(
            (labels, recorder) -> {
              Histogram histogram = StripedRecorder.histogram();
              recorder.addIntervalTo(histogram);
              if (histogram.getTotalCount() > 0) {
                interval.put(labels, histogram);
              }
            });
    return interval;
  }

  /// As [#interval()], of all labels together.
  public synchronized Histogram total() {
    Histogram total = StripedRecorder.histogram();
    series.all().values().forEach(recorder -> recorder.addIntervalTo(total));
    return total;
  }
}
