package dev.heddle.benchmarks.load;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.HdrHistogram.Histogram;

/// Results for people, within 80 columns.
record LoadReport(LoadPlan plan, PrintWriter out) {
  private static final double BUSY = 0.95;

  void print(Opening opening, LoadResult result) {
    printPlan(result.pace());
    if (!opening.errors().isEmpty()) {
      printOpening(opening);
    }
    out.printf(
        Locale.ROOT,
        "  messages   %,d in %s: %,.0f a second%n",
        result.answered() - result.drained(),
        seconds(result.window()),
        result.perSecond());
    double megabytes = 1e9 / result.elapsed().toNanos() / 1e6;
    out.printf(
        Locale.ROOT,
        "  bytes      %,.1f MB/s sent, %,.1f MB/s received%n",
        result.bytesSent() * megabytes,
        result.bytesReceived() * megabytes);
    printLatency(result);
    printErrors(result.errors());
    out.printf(
        Locale.ROOT,
        "  starved    %,d of %,d connections waited over 1 s%n",
        result.starved(),
        plan.connections());
    if (result.unsent() > 0) {
      out.printf(
          Locale.ROOT, "  unsent     %,d messages were due and found no room%n", result.unsent());
    }
    if (result.reconnects() > 0) {
      out.printf(Locale.ROOT, "  reconnects %,d, as the server asked%n", result.reconnects());
    }
    printGenerator(result);
  }

  void print(IdleResult result) {
    printPlan(result.first().pace());
    printOpening(result.opening());
    printRound("first", result.first());
    out.printf(
        Locale.ROOT,
        "  idle       %,d alive after %s%n",
        result.idle().alive(),
        seconds(result.idle().elapsed()));
    printErrors(result.idle().errors());
    printRound("second", result.second());
  }

  private void printPlan(Pace pace) {
    String how =
        switch (pace) {
          case Pace.ClosedLoop _ -> "each reply makes room for the next message";
          case Pace.OpenLoop open ->
              String.format(Locale.ROOT, "%,.0f messages a second in all", open.perSecond());
          case Pace.Once _ -> "held idle, one message on each before and after";
          case Pace.Silent _ -> "held idle";
        };
    out.println(plan.target());
    out.printf(Locale.ROOT, "  load       %,d connections, %s%n", plan.connections(), how);
    out.printf(
        Locale.ROOT,
        "  message    %s, up to %,d in flight on each%n",
        plan.message(),
        plan.pipeline());
  }

  private void printOpening(Opening opening) {
    out.printf(
        Locale.ROOT,
        "  opened     %,d of %,d in %s: %,.0f a second%n",
        opening.opened(),
        plan.connections(),
        seconds(opening.took()),
        opening.perSecond());
    if (!opening.errors().isEmpty()) {
      printErrors(opening.errors());
    }
  }

  private void printRound(String name, LoadResult result) {
    out.printf(
        Locale.ROOT,
        "  %-10s %,d echoed in %s%n",
        name,
        result.answered(),
        seconds(result.elapsed()));
    printLatency(result);
    printErrors(result.errors());
  }

  private void printLatency(LoadResult result) {
    if (result.latency().getTotalCount() == 0) {
      out.println("  latency    no reply");
      return;
    }
    out.printf("  latency    %s%n", percentiles(result.latency()));
  }

  /// `p50 98.1us p90 1.20ms ... max 1.04s`.
  static String percentiles(Histogram nanos) {
    return "p50 %s  p90 %s  p99 %s  p99.9 %s  max %s"
        .formatted(
            micros(nanos.getValueAtPercentile(50) / 1e3),
            micros(nanos.getValueAtPercentile(90) / 1e3),
            micros(nanos.getValueAtPercentile(99) / 1e3),
            micros(nanos.getValueAtPercentile(99.9) / 1e3),
            micros(nanos.getMaxValue() / 1e3));
  }

  private void printErrors(Map<ErrorKind, Long> errors) {
    out.printf("  errors     %s%n", errors(errors));
  }

  /// `3 reset, 1 timeout`, or `none`.
  static String errors(Map<ErrorKind, Long> errors) {
    StringJoiner all = new StringJoiner(", ");
    errors.forEach(
        (kind, count) -> all.add(String.format(Locale.ROOT, "%,d %s", count, kind.label())));
    return errors.isEmpty() ? "none" : all.toString();
  }

  private void printGenerator(LoadResult result) {
    out.printf(
        Locale.ROOT,
        "  generator  %.2f us CPU a message, %.0f%% of a core%n",
        result.cpuMicrosPerMessage(),
        100 * result.cpuLoad());
    if (result.sendLag().getTotalCount() > 0) {
      out.printf(
          "             sends late by p99 %s, max %s%n",
          micros(result.sendLag().getValueAtPercentile(99) / 1e3),
          micros(result.sendLag().getMaxValue() / 1e3));
    } else if (result.cpuLoad() > BUSY * plan.threads()) {
      out.println("             It was busy all the time, so it may be the bottleneck.");
    }
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.2f s", duration.toNanos() / 1e9);
  }

  /// `98.1us`, `1.20ms`.
  static String micros(double micros) {
    if (micros < 999.5) {
      return threeDigits(micros) + "us";
    }
    return micros < 999_500 ? threeDigits(micros / 1e3) + "ms" : threeDigits(micros / 1e6) + "s";
  }

  private static String threeDigits(double value) {
    String format = value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f";
    return String.format(Locale.ROOT, format, value);
  }
}
