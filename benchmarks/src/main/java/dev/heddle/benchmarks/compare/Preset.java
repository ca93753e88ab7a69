package dev.heddle.benchmarks.compare;

import java.time.Duration;
import java.util.List;

/// What holds where no flag says otherwise.
enum Preset {
  QUICK(2, Duration.ofMillis(200), Duration.ofMillis(750), false, 0),
  USUAL(4, Duration.ofMillis(400), Duration.ofSeconds(4), false, 5_000),
  THOROUGH(9, Duration.ofSeconds(5), Duration.ofSeconds(12), true, 10_000);

  /// Those that are part of the framework.
  static final List<String> BACKENDS_OF_ANY_JAR =
      List.of("virtual", "selector", "platform", "pool");

  /// All.
  static final List<String> BACKENDS =
      List.of("virtual", "selector", "platform", "pool", "helidon");

  final int rounds;
  final Duration window;
  final Duration warmUp;
  final boolean freshJvms;
  final int idleConnections;

  Preset(int rounds, Duration window, Duration warmUp, boolean freshJvms, int idleConnections) {
    this.rounds = rounds;
    this.window = window;
    this.warmUp = warmUp;
    this.freshJvms = freshJvms;
    this.idleConnections = idleConnections;
  }

  /// The servers beside the backends.
  List<String> baselines() {
    return switch (this) {
      case QUICK -> List.of("inline");
      case USUAL -> List.of("inline", "netty", "helidon-stack");
      case THOROUGH -> Protocols.baselineNames();
    };
  }
}
