package dev.heddle.benchmarks.load;

import java.io.PrintWriter;
import java.util.Locale;

/// What came of a broadcast for people, within 80 columns.
///
/// @param rate messages a second
record BroadcastReport(BroadcastPlan plan, double rate, PrintWriter out) {
  void print(BroadcastResult result) {
    out.println(plan.target());
    out.printf(
        Locale.ROOT, "  room       %,d members, %,.1f messages a second%n", plan.members(), rate);
    out.printf(
        Locale.ROOT,
        "  delivered  %,d of %,d messages to each: %,d, %,.0f a second%n",
        result.delivered() / plan.members(),
        result.sent(),
        result.delivered(),
        result.perSecond());
    out.printf(
        Locale.ROOT,
        "  missing    %,d; came twice or late %,d%n",
        result.missing(),
        result.repeated());
    out.printf("  latency    %s%n", LoadReport.percentiles(result.latency()));
    out.printf("  errors     %s%n", LoadReport.errors(result.errors()));
    if (!result.serverCpu().isNegative()) {
      out.printf(
          Locale.ROOT,
          "  server     %.2f us CPU a delivery%n",
          result.perDelivery(result.serverCpu()));
    }
    out.printf(
        Locale.ROOT,
        "  generator  %.2f us CPU a delivery%n",
        result.perDelivery(result.generatorCpu()));
  }
}
