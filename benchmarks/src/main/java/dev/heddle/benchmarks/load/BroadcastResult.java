package dev.heddle.benchmarks.load;

import java.time.Duration;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// What came of a broadcast.
///
/// @param sent messages
/// @param delivered those that reached a member, once each and in order: `sent` times the members
///   when all is well
/// @param missing those that did not, of members that were connected at the begin
/// @param repeated those that came twice or late
/// @param latency nanoseconds from when a message was meant to be sent to when a member had read it
/// @param errors connections that were lost, by kind
/// @param elapsed from the first message to the last delivery
/// @param generatorCpu processor time of this process
/// @param serverCpu the same of the server; negative when it is not known
public record BroadcastResult(
    int sent,
    long delivered,
    long missing,
    long repeated,
    Histogram latency,
    Map<ErrorKind, Long> errors,
    Duration elapsed,
    Duration generatorCpu,
    Duration serverCpu) {
  /// Copies what it is given.
  public BroadcastResult {
    errors = Map.copyOf(errors);
  }

  /// Whether every member got every message, once.
  public boolean sound() {
    return missing == 0 && repeated == 0 && errors.isEmpty();
  }

  /// Deliveries a second.
  public double perSecond() {
    return delivered / (elapsed.toNanos() / 1e9);
  }

  /// Microseconds of `cpu` for each delivery; NaN when there was none.
  double perDelivery(Duration cpu) {
    return delivered == 0 || cpu.isNegative() ? Double.NaN : cpu.toNanos() / 1e3 / delivered;
  }
}
