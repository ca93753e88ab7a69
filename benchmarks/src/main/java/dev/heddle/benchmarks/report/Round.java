package dev.heddle.benchmarks.report;

import java.util.stream.Stream;

/// One round of one server.
///
/// @param saturated as fast as the server answers
/// @param atRate at the contest's fixed rate
public record Round(Sample saturated, Sample atRate) {
  Stream<Sample> samples() {
    return Stream.of(saturated, atRate);
  }
}
