package dev.heddle.metrics;

import dev.heddle.ServedRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Something for each combination of labels that has occurred. Templates of routes are few, but a
/// handler may name routes by mistake after what peers ask for: so there is a bound, beyond which
/// routes share one label.
///
/// Threading: any thread.
final class LabelledSeries<T> {
  /// How many combinations are told apart.
  static final int MOST = 2000;

  private final Map<RequestLabels, T> series = new ConcurrentHashMap<>();
  private final Supplier<T> maker;

  LabelledSeries(Supplier<T> maker) {
    this.maker = maker;
  }

  T of(ServedRequest request) {
    RequestLabels labels = RequestLabels.of(request);
    T known = series.get(labels);
    if (known != null) {
      return known;
    }
    RequestLabels bounded = series.size() < MOST ? labels : labels.withoutRoute();
    return series.computeIfAbsent(bounded, _ -> maker.get());
  }

  /// All there are. May grow meanwhile.
  Map<RequestLabels, T> all() {
    return series;
  }
}
