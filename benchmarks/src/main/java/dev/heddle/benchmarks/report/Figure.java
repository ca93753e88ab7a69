package dev.heddle.benchmarks.report;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// One of the figures that are shown of each round.
///
/// @param label with its unit
record Figure(String label, ToDoubleFunction<Round> value) {
  static final Figure MESSAGES = new Figure("messages/s", round -> round.saturated().perSecond());
  static final Figure SWITCHES =
      new Figure("switches/message", round -> round.saturated().switches());
  static final Figure CPU = new Figure("CPU us/message", round -> round.saturated().cpuMicros());
  static final Figure CPU_USER =
      new Figure("user us/message", round -> round.saturated().userMicros());
  static final Figure CPU_SYSTEM =
      new Figure("system us/message", round -> round.saturated().systemMicros());
  static final Figure RATE_CPU =
      new Figure("CPU us/message at the rate", round -> round.atRate().cpuMicros());
  static final Figure RATE_CPU_USER =
      new Figure("user us/message at the rate", round -> round.atRate().userMicros());
  static final Figure RATE_CPU_SYSTEM =
      new Figure("system us/message at the rate", round -> round.atRate().systemMicros());
  static final Figure RATE_SWITCHES =
      new Figure("switches/message at the rate", round -> round.atRate().switches());
  static final Figure GENERATOR =
      new Figure("generator us/message", round -> round.saturated().generatorMicros());
  static final Figure P50 = new Figure("p50 us", round -> round.atRate().latency().p50());
  static final Figure P90 = new Figure("p90 us", round -> round.atRate().latency().p90());
  static final Figure P99 = new Figure("p99 us", round -> round.atRate().latency().p99());
  static final Figure P999 = new Figure("p99.9 us", round -> round.atRate().latency().p999());
  static final Figure MAX = new Figure("max us", round -> round.atRate().latency().max());

  static final List<Figure> ALL =
      List.of(
          MESSAGES,
          SWITCHES,
          CPU,
          CPU_USER,
          CPU_SYSTEM,
          RATE_CPU,
          RATE_CPU_USER,
          RATE_CPU_SYSTEM,
          RATE_SWITCHES,
          GENERATOR,
          P50,
          P90,
          P99,
          P999,
          MAX);

  double of(Round round) {
    return value.applyAsDouble(round);
  }
}
