package dev.heddle.benchmarks.compare;

/// The kinds of steps that a run has.
enum Work {
  WARM_UP,
  ROUND,
  MEMORY,

  /// One cell of the tables of `--history`.
  HISTORY;

  private static final double START_SECONDS = 1.3;
  private static final double MEMORY_SECONDS = 4.2;
  private static final double HISTORY_SECONDS = 6;

  /// How long one step may take, before any has been seen; of a round without the warm-up that may
  /// be a part of it.
  double seconds(Plan plan) {
    return switch (this) {
      case WARM_UP -> START_SECONDS + plan.warmUp().toNanos() / 1e9;
      case ROUND -> (2 * plan.window().toNanos() + plan.settling().toNanos()) / 1e9;
      case HISTORY -> HISTORY_SECONDS;
      case MEMORY -> MEMORY_SECONDS + plan.idleConnections() / 2_000.0;
    };
  }

  /// How many there are for one server.
  int count(Plan plan) {
    return switch (this) {
      case WARM_UP -> 1;
      case ROUND -> plan.rounds();
      case HISTORY -> 0;
      case MEMORY -> plan.idleConnections() > 0 ? 1 : 0;
    };
  }
}
