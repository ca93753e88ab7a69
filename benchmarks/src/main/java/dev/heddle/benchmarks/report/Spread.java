package dev.heddle.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// One figure over all rounds: its median, and how far the rounds lie apart.
///
/// @param median NaN when there was no round
public record Spread(double median, double min, double max) {
  /// Of no values.
  static final Spread NONE = new Spread(Double.NaN, Double.NaN, Double.NaN);

  /// The spread of these values; those that are NaN are left out.
  public static Spread of(List<Double> values) {
    List<Double> sorted = values.stream().filter(value -> !value.isNaN()).sorted().toList();
    if (sorted.isEmpty()) {
      return NONE;
    }
    int middle = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    return new Spread(median, sorted.getFirst(), sorted.getLast());
  }

  /// The spread of one figure of these rounds.
  static <T> Spread of(List<T> rounds, ToDoubleFunction<T> figure) {
    return of(rounds.stream().map(figure::applyAsDouble).toList());
  }

  /// The spread of the ratios of `values` to `base`, each to that of the same round: what disturbed
  /// a round disturbed both.
  ///
  /// A round that only one of them has counts for nothing.
  public static Spread ofRatios(List<Double> values, List<Double> base) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < Math.min(values.size(), base.size()); round++) {
      ratios.add(values.get(round) / base.get(round));
    }
    return of(ratios);
  }

  /// The distance from the lowest to the highest, as a part of the median.
  public double width() {
    return (max - min) / median;
  }
}
