package dev.heddle.benchmarks.load;

import java.time.Duration;
import java.util.Map;

/// How the opening of the connections went.
///
/// @param opened how many are open
/// @param errors those that failed, by kind
/// @param took from the first attempt to the last
public record Opening(int opened, Map<ErrorKind, Long> errors, Duration took) {
  /// Copies what it is given.
  public Opening {
    errors = Map.copyOf(errors);
  }

  Opening(int opened, Tally tally, Duration took) {
    this(opened, tally.errors, took);
  }

  /// Connections opened per second.
  public double perSecond() {
    return opened / (took.toNanos() / 1e9);
  }
}
