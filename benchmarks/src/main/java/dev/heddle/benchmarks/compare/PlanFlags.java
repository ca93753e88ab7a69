package dev.heddle.benchmarks.compare;

import dev.heddle.benchmarks.command.MessageFlags;
import dev.heddle.benchmarks.command.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The flags that say how to measure.
final class PlanFlags {
  @ArgGroup private @Nullable Thoroughness thoroughness;

  private static final class Thoroughness {
    @Option(names = "--quick", description = "A first look, in under a minute.")
    private boolean quick;

    @Option(
        names = "--thorough",
        description = "More and longer rounds, each in a JVM of its own, and all baselines.")
    private boolean thorough;
  }

  @Option(
      names = {"-c", "--connections"},
      paramLabel = "N",
      converter = Quantity.OfCount.class,
      description = "Connections (default: 64; http-sleep 1k).")
  private @Nullable Integer connections;

  @Mixin private final MessageFlags messages = new MessageFlags();

  @Option(
      names = {"-R", "--rate"},
      paramLabel = "N",
      converter = Quantity.OfRate.class,
      description =
          "Messages a second in the fixed-rate windows (default: half of what the slowest can).")
  private @Nullable Double rate;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      converter = Quantity.OfCount.class,
      description = "Rounds (default: 4; --quick 2, --thorough 9).")
  private @Nullable Integer rounds;

  @Option(
      names = {"-d", "--duration"},
      paramLabel = "TIME",
      converter = Quantity.OfDuration.class,
      description =
          "Length of a window, two a round (default: 400ms; --quick 200ms, --thorough 5s).")
  private @Nullable Duration duration;

  @Option(
      names = "--idle-connections",
      paramLabel = "N",
      converter = Quantity.OfCount.class,
      description =
          "Idle connections to measure memory by, 0 for not at all (default: 5k; --quick 0,"
              + " --thorough 10k).")
  private @Nullable Integer idleConnections;

  @Option(
      names = "--jvm-options",
      paramLabel = "OPTIONS",
      defaultValue = "-XX:+UseSerialGC -Xms512m -Xmx512m -XX:+UseCompactObjectHeaders",
      description = "For every server, but those for memory (default: ${DEFAULT-VALUE}).")
  private String jvmOptions = "";

  Preset preset() {
    if (thoroughness == null) {
      return Preset.USUAL;
    }
    return thoroughness.quick
        ? Preset.QUICK
        : thoroughness.thorough ? Preset.THOROUGH : Preset.USUAL;
  }

  /// @throws IllegalArgumentException when a value is out of range
  Plan plan() {
    Preset preset = preset();
    return new Plan(
        connections,
        messages.payload(),
        messages.pipeline(),
        rate,
        Objects.requireNonNullElse(rounds, preset.rounds),
        Objects.requireNonNullElse(duration, preset.window),
        preset.warmUp,
        preset.freshJvms,
        Objects.requireNonNullElse(idleConnections, preset.idleConnections),
        jvmOptions.isBlank() ? List.of() : List.of(jvmOptions.trim().split("\\s+")));
  }
}
