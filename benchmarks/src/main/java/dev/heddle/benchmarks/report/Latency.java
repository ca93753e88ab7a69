package dev.heddle.benchmarks.report;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/// How long messages took in one window, in microseconds.
///
/// @param startMillis when the window began, in milliseconds since 1970
/// @param endMillis when it was over
/// @param histogram all of it, in nanoseconds: HdrHistogram's own compressed form, in Base64
public record Latency(
    double p50,
    double p90,
    double p99,
    double p999,
    double max,
    long startMillis,
    long endMillis,
    String histogram) {
  /// What a histogram of nanoseconds says.
  public static Latency of(Histogram nanos) {
    ByteBuffer buffer = ByteBuffer.allocate(nanos.getNeededByteBufferCapacity());
    int length = nanos.encodeIntoCompressedByteBuffer(buffer);
    return new Latency(
        micros(nanos, 50),
        micros(nanos, 90),
        micros(nanos, 99),
        micros(nanos, 99.9),
        micros(nanos, 100),
        nanos.getStartTimeStamp(),
        nanos.getEndTimeStamp(),
        Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length)));
  }

  private static double micros(Histogram nanos, double percentile) {
    return nanos.getTotalCount() == 0 ? Double.NaN : nanos.getValueAtPercentile(percentile) / 1e3;
  }

  /// The histogram of nanoseconds.
  ///
  /// @throws IllegalArgumentException when the text is none
  Histogram decode() {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(histogram));
      return Histogram.decodeFromCompressedByteBuffer(bytes, 0);
    } catch (DataFormatException broken) {
      throw new IllegalArgumentException("not a histogram", broken);
    }
  }
}
