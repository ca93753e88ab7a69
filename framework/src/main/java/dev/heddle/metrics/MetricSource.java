package dev.heddle.metrics;

/// Has something to tell whenever the metrics are asked for.
@FunctionalInterface
public interface MetricSource {

  /// Writes all its families, each with what it is now. Any thread, several at a time.
  void writeTo(PrometheusText out);
}
