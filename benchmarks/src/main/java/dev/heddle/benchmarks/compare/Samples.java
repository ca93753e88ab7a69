package dev.heddle.benchmarks.compare;

import dev.heddle.benchmarks.load.LoadResult;
import dev.heddle.benchmarks.report.Latency;
import dev.heddle.benchmarks.report.Sample;
import java.util.Map;
import java.util.stream.Collectors;

/// Makes a sample of what the generator and the kernel saw of one window.
final class Samples {
  private Samples() {}

  static Sample of(LoadResult result, Usage usage) {
    double cpu = perMessage(usage.cpuNanos() / 1e3, result);
    return new Sample(
        result.perSecond(),
        cpu,
        cpu * usage.userShare(),
        cpu * (1 - usage.userShare()),
        perMessage((double) usage.switches(), result),
        Latency.of(result.latency()),
        result.unsent(),
        errors(result),
        result.starved(),
        (double) usage.cpuNanos() / result.elapsed().toNanos(),
        result.cpuLoad(),
        result.cpuMicrosPerMessage());
  }

  private static double perMessage(double amount, LoadResult result) {
    return result.answered() == 0 ? Double.NaN : amount / result.answered();
  }

  private static Map<String, Long> errors(LoadResult result) {
    return result.errors().entrySet().stream()
        .collect(Collectors.toMap(error -> error.getKey().label(), Map.Entry::getValue));
  }
}
