package dev.heddle.benchmarks.command;

import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The flags for how long a server is loaded, and how long its peers wait. What they are where
/// nobody says so, each command says.
@Command
public final class TimeFlags {
  private static final String DURATION = "--duration";
  private static final String WARM_UP = "--warmup";
  private static final String TIMEOUT = "--timeout";

  @Option(
      names = {"-d", DURATION},
      paramLabel = "TIME",
      converter = Quantity.OfDuration.class,
      description = "How long to measure (default: ${DEFAULT-VALUE}).")
  private Duration duration = Duration.ZERO;

  @Option(
      names = WARM_UP,
      paramLabel = "TIME",
      converter = Quantity.OfDuration.class,
      description = "How long to do the same before that (default: ${DEFAULT-VALUE}).")
  private Duration warmUp = Duration.ZERO;

  @Option(
      names = TIMEOUT,
      paramLabel = "TIME",
      converter = Quantity.OfDuration.class,
      description = "The longest wait for a connection or a reply (default: ${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ZERO;

  private final Map<String, String> usual;

  /// With these where nothing else is given, each as it would be typed.
  public TimeFlags(String duration, String warmUp, String timeout) {
    usual = Map.of(DURATION, duration, WARM_UP, warmUp, TIMEOUT, timeout);
  }

  /// Tells the command's help, too. Called by picocli.
  @Spec(Spec.Target.MIXEE)
  void command(CommandSpec command) {
    command.defaultValueProvider(
        argument -> argument instanceof OptionSpec flag ? usual.get(flag.longestName()) : null);
  }

  /// How long to measure.
  ///
  /// @throws IllegalArgumentException when that is no time at all
  public Duration duration() {
    return positive("duration", duration);
  }

  /// How long to load before that; zero: not at all.
  public Duration warmUp() {
    return warmUp;
  }

  /// The longest wait for a connection or a reply.
  ///
  /// @throws IllegalArgumentException when that is no time at all
  public Duration timeout() {
    return positive("timeout", timeout);
  }

  private static Duration positive(String name, Duration time) {
    if (!time.isPositive()) {
      throw new IllegalArgumentException(name + " must be above 0");
    }
    return time;
  }
}
