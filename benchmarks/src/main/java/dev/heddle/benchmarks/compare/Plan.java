package dev.heddle.benchmarks.compare;

import dev.heddle.benchmarks.load.LoadPlan;
import dev.heddle.benchmarks.report.Conditions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How to measure.
///
/// @param connections null: as usual for the workload
/// @param payload bytes of a message; 0: as usual for the protocol
/// @param rate messages a second in the fixed-rate windows; null: half of what the slowest can
/// @param window how long a window is
/// @param warmUp the longest a server is warmed before it is measured
/// @param freshJvms whether each round has a JVM of its own
/// @param idleConnections how many idle connections memory is measured with; 0: it is not
record Plan(
    @Nullable Integer connections,
    int payload,
    int pipeline,
    @Nullable Double rate,
    int rounds,
    Duration window,
    Duration warmUp,
    boolean freshJvms,
    int idleConnections,
    List<String> jvmOptions) {
  /// Longer than what counts as starving, so that this shows as such.
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(5);

  /// No run is made even by settling for longer.
  private static final Duration LONGEST_SETTLING = Duration.ofSeconds(1);

  private static final int CONNECT_RATE = 20_000;

  Plan {
    jvmOptions = List.copyOf(jvmOptions);
    if (rounds < 1) {
      throw new IllegalArgumentException("rounds must be at least 1");
    }
    if (!window.isPositive()) {
      throw new IllegalArgumentException("duration must be above 0");
    }
    if (rate != null && rate <= 0) {
      throw new IllegalArgumentException("rate must be above 0");
    }
    if (idleConnections != 0 && idleConnections < 10) {
      throw new IllegalArgumentException("idle-connections must be 0, or at least 10");
    }
  }

  /// The load on a server.
  ///
  /// @throws IllegalArgumentException when a number is out of range
  LoadPlan load(Subject subject) {
    return load(subject, connections == null ? subject.workload().connections() : connections);
  }

  /// The same load by other connections.
  LoadPlan load(Subject subject, int connections) {
    return builder(subject, connections).pipeline(pipeline).timeout(TIMEOUT).build();
  }

  /// Connections that are to stay idle after a message each. With so many at once no wait is too
  /// long.
  LoadPlan idle(Subject subject, int connections) {
    return builder(subject, connections).timeout(IDLE_TIMEOUT).build();
  }

  private LoadPlan.Builder builder(Subject subject, int connections) {
    return LoadPlan.to(subject.target())
        .request(subject.workload().request())
        .connections(connections)
        .payload(payload)
        .connectRate(CONNECT_RATE);
  }

  /// How long new connections are loaded before a window is measured on them.
  Duration settling() {
    Duration part = window.dividedBy(4);
    return part.compareTo(LONGEST_SETTLING) < 0 ? part : LONGEST_SETTLING;
  }

  /// What is told of it.
  Conditions conditions(Pinning pinning) {
    return new Conditions(
        pipeline,
        rounds,
        window.toNanos() / 1e9,
        freshJvms,
        pinning.describe(),
        pinning.shares(),
        String.join(" ", jvmOptions));
  }
}
