package dev.heddle.benchmarks.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.HdrHistogram.HistogramLogWriter;

/// The latencies of one server at the fixed rate, in the files that HdrHistogram's tools read.
record HistogramFiles(Entry entry) {
  private static final double NANOS_PER_MICRO = 1e3;
  private static final double NANOS_PER_MILLI = 1e6;

  /// Writes `NAME.hgrm`, the percentiles of all rounds in microseconds, and `NAME.hlog`, a
  /// histogram of nanoseconds for each round.
  void write(Path folder, String name) throws IOException {
    Files.writeString(folder.resolve(name + ".hgrm"), print(this::printPercentiles));
    Files.writeString(folder.resolve(name + ".hlog"), print(this::printLog));
  }

  private static String print(Consumer<PrintStream> content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
      content.accept(out);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private void printPercentiles(PrintStream out) {
    entry.latencies().outputPercentileDistribution(out, NANOS_PER_MICRO);
  }

  private void printLog(PrintStream out) {
    HistogramLogWriter log = new HistogramLogWriter(out);
    log.outputComment("[" + entry.name() + ", latency at the fixed rate]");
    log.outputLogFormatVersion();
    log.outputLegend();
    for (Round round : entry.rounds()) {
      Latency latency = round.atRate().latency();
      log.outputIntervalHistogram(
          latency.startMillis() / 1e3,
          latency.endMillis() / 1e3,
          latency.decode(),
          NANOS_PER_MILLI);
    }
  }
}
