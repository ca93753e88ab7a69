package dev.heddle.demo.http;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/// How long answers took, in nanoseconds.
///
/// @param median half of them took no longer
/// @param p90 nine of ten took no longer
/// @param p99 ninety-nine of a hundred took no longer
/// @param p999 all but one of a thousand took no longer
/// @param worst the longest
record Latency(long median, long p90, long p99, long p999, long worst) {

  static Latency of(Histogram nanos) {
    return new Latency(
        nanos.getValueAtPercentile(50),
        nanos.getValueAtPercentile(90),
        nanos.getValueAtPercentile(99),
        nanos.getValueAtPercentile(99.9),
        nanos.getMaxValue());
  }

  String toJson() {
    return String.format(
        Locale.ROOT,
        "{\"p50\":%d,\"p90\":%d,\"p99\":%d,\"p999\":%d,\"max\":%d}",
        median,
        p90,
        p99,
        p999,
        worst);
  }
}
