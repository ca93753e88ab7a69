package dev.heddle.benchmarks.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

/// A comparison as JSON, with all that was measured: the names are those of the records.
final class ResultsJson {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ResultsJson() {}

  static String write(Comparison comparison) {
    try {
      return MAPPER.writeValueAsString(comparison);
    } catch (JsonProcessingException impossible) {
      throw new AssertionError(impossible); // records of numbers and texts
    }
  }

  /// Reads what [#write] wrote.
  static Comparison read(String json) throws JsonProcessingException {
    return MAPPER.readValue(json, Comparison.class);
  }
}
