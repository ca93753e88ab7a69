package dev.heddle.launcher;

import dev.heddle.Server;
import dev.heddle.ServerStatistics;

/// What a server had done, and its process taken, at one moment.
///
/// @param takenAt as [System#nanoTime()] has it
record StatsSample(long takenAt, ServerStatistics server, ProcessUsage process) {

  static StatsSample of(Server server) {
    return new StatsSample(System.nanoTime(), server.statistics(), ProcessUsage.now());
  }

  /// The line for the time between two samples: connections open now, and accepted in all; messages
  /// and bytes a second; CPU, where 100% is one core; memory; descriptors, and how many there may
  /// be.
  String since(StatsSample earlier) {
    double nanos = Math.max(1, takenAt - earlier.takenAt);
    ServerStatistics before = earlier.server;
    return "conn=%s/%s msg/s=%s in/s=%s out/s=%s cpu=%.0f%% mem=%s fd=%s"
        .formatted(
            Quantity.format(server.connections()),
            Quantity.format(server.accepted()),
            perSecond(server.messages() - before.messages(), nanos),
            perSecond(server.bytesRead() - before.bytesRead(), nanos),
            perSecond(server.bytesWritten() - before.bytesWritten(), nanos),
            (process.cpuNanos() - earlier.process.cpuNanos()) * 100 / nanos,
            Quantity.format(process.memory()),
            descriptors());
  }

  private String descriptors() {
    return process.descriptors() < 0
        ? "-"
        : Quantity.format(process.descriptors()) + "/" + Quantity.format(process.descriptorLimit());
  }

  private static String perSecond(long count, double nanos) {
    return Quantity.format(Math.round(Math.max(0, count) * 1e9 / nanos));
  }
}
