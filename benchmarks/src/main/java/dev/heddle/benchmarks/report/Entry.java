package dev.heddle.benchmarks.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// All that was measured of one server.
///
/// @param command how it was started
/// @param memory null when it was not measured
/// @param notes what went wrong with it, in a sentence each
/// @param failed whether it could not be measured to the end
public record Entry(
    String name,
    String command,
    List<Round> rounds,
    @Nullable IdleMemory memory,
    List<String> notes,
    boolean failed) {
  private static final int LATENCY_DIGITS = 3;

  /// Copies what it is given.
  public Entry {
    rounds = List.copyOf(rounds);
    notes = List.copyOf(notes);
  }

  List<Double> values(Figure figure) {
    return rounds.stream().map(figure::of).toList();
  }

  Spread spread(Figure figure) {
    return Spread.of(values(figure));
  }

  Spread ratio(Figure figure, Entry base) {
    return Spread.ofRatios(values(figure), base.values(figure));
  }

  double worst(ToDoubleFunction<Sample> figure) {
    return rounds.stream().flatMap(Round::samples).mapToDouble(figure).max().orElse(0);
  }

  /// The latencies of all fixed-rate windows, in nanoseconds.
  Histogram latencies() {
    Histogram sum = new Histogram(LATENCY_DIGITS);
    rounds.forEach(round -> sum.add(round.atRate().latency().decode()));
    return sum;
  }

  /// Errors by kind, over all rounds.
  Map<String, Long> errors() {
    Map<String, Long> sum = new TreeMap<>();
    rounds.stream()
        .flatMap(Round::samples)
        .forEach(sample -> sample.errors().forEach((kind, n) -> sum.merge(kind, n, Long::sum)));
    return sum;
  }

  /// Errors of all kinds, over all rounds.
  long errorCount() {
    return errors().values().stream().mapToLong(Long::longValue).sum();
  }

  /// The most connections that starved in one window.
  int starved() {
    return (int) worst(Sample::starved);
  }

  /// Whether it may be compared: it answered everything rightly and let nobody starve.
  boolean sound() {
    return !rounds.isEmpty() && !failed && errors().isEmpty() && starved() == 0;
  }
}
