package dev.heddle.benchmarks.report;

import java.util.Map;

/// What one server did in one window.
///
/// @param perSecond messages answered a second
/// @param cpuMicros processor time of the server a message, in microseconds
/// @param userMicros the part of `cpuMicros` in the program
/// @param systemMicros the part of `cpuMicros` in the kernel
/// @param switches context switches of the server a message
/// @param unsent messages that were due and found no room, as the server was too slow
/// @param errors by kind
/// @param starved connections that waited for a reply for over a second
/// @param serverLoad the part of the time that the server ran; 1 is one processor
/// @param generatorLoad the same of the load generator
/// @param generatorMicros processor time of the generator a message, in microseconds
public record Sample(
    double perSecond,
    double cpuMicros,
    double userMicros,
    double systemMicros,
    double switches,
    Latency latency,
    long unsent,
    Map<String, Long> errors,
    int starved,
    double serverLoad,
    double generatorLoad,
    double generatorMicros) {
  /// Copies what it is given.
  public Sample {
    errors = Map.copyOf(errors);
  }
}
