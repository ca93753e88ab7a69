package dev.heddle.benchmarks.compare;

import java.time.Duration;
import java.util.List;

/// What holds where no flag says otherwise.
enum Preset {
  QUICK(2, Duration.ofMillis(300), Duration.ofMillis(1_200), false, 0),
  USUAL(4, Duration.ofSeconds(1), Duration.ofSeconds(3), false, 10_000),
  THOROUGH(9, Duration.ofSeconds(5), Duration.ofSeconds(12), true, 10_000);

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
      case USUAL -> List.of("inline", "netty");
      case THOROUGH -> Protocols.baselineNames();
    };
  }
}
