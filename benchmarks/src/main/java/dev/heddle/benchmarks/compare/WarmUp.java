package dev.heddle.benchmarks.compare;

import dev.heddle.benchmarks.load.Generator;
import dev.heddle.benchmarks.load.LoadPlan;
import dev.heddle.benchmarks.load.LoadResult;
import dev.heddle.benchmarks.load.Pace;
import java.io.IOException;
import java.time.Duration;

/// Brings a server's code to the state in which it stays.
///
/// First by many short connections: a thread that began a connection in the interpreter keeps those
/// outer frames for as long as the connection lasts, so what handles a connection has to be
/// compiled from its first line on, by its number of calls, before those that are measured open.
/// Then by load, on new connections each time, until throughput no longer grows and the compilers
/// rest.
record WarmUp(Plan plan) {
  /// HotSpot compiles a method fully, without counting its loops, after 5,000 calls.
  private static final int SHORT_CONNECTIONS = 6_000;

  private static final int PORTION = 3_000;
  private static final Duration PORTION_TIME = Duration.ofSeconds(2);
  private static final Duration REST = Duration.ofSeconds(1);
  private static final int AT_A_TIME = 64;
  private static final double STEADY = 0.03;
  private static final int FEWEST_STEPS = 3;
  private static final Duration LONGEST_STEP = Duration.ofMillis(500);

  /// Returns the messages per second at the end; NaN when the last step had errors.
  double warm(Subject subject, Compilers compilers) throws IOException {
    long start = System.nanoTime();
    churn(subject, SHORT_CONNECTIONS, plan.warmUp().dividedBy(3));
    Duration eighth = plan.warmUp().dividedBy(8);
    Duration step = eighth.compareTo(LONGEST_STEP) < 0 ? eighth : LONGEST_STEP;
    double best = 0;
    for (int count = 1; ; count++) {
      long compiling = compilers.ticks();
      LoadResult result = load(subject, step);
      boolean rested = Compilers.rested(compilers.ticks() - compiling, step);
      if (result.errorCount() > 0) {
        return Double.NaN;
      }
      boolean steady = result.perSecond() < best * (1 + STEADY);
      best = Math.max(best, result.perSecond());
      boolean late = System.nanoTime() - start > plan.warmUp().toNanos();
      if (late || (count >= FEWEST_STEPS && steady && rested)) {
        return best;
      }
    }
  }

  private LoadResult load(Subject subject, Duration step) throws IOException {
    try (Generator generator = Generator.open(plan.load(subject))) {
      return generator.run(step);
    }
  }

  /// Has all that handles a connection compiled fully, in a server that was started with
  /// [JvmMemory#OPTIONS]: by as many short connections as are to be idle, in portions, between
  /// which the compilers do what they have been asked for.
  void compile(Subject subject, Compilers compilers) throws IOException {
    for (int opened = 0; opened < plan.idleConnections(); opened += PORTION) {
      churn(subject, PORTION, PORTION_TIME);
      compilers.awaitRest(REST);
    }
  }

  /// Opens short-lived connections, with one message each.
  private void churn(Subject subject, int count, Duration atMost) throws IOException {
    long start = System.nanoTime();
    LoadPlan load = plan.load(subject, AT_A_TIME);
    for (int opened = 0; opened < count; opened += AT_A_TIME) {
      try (Generator generator = Generator.open(load)) {
        generator.run(Pace.once(), Duration.ofMillis(1));
      }
      if (System.nanoTime() - start > atMost.toNanos()) {
        return;
      }
    }
  }
}
