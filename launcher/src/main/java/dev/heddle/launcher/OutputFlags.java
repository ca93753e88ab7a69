package dev.heddle.launcher;

import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What is printed.
final class OutputFlags {
  @Option(
      names = "--stats",
      arity = "0..1",
      fallbackValue = "5s",
      paramLabel = "<time>",
      converter = IntervalConverter.class,
      description = "A line of statistics on stderr, every 5s or as often as given (default none)")
  @Nullable Duration stats;

  @Option(
      names = "--log-level",
      paramLabel = "<level>",
      description =
          "What to log on stderr: all, trace, debug, info, warning, error or off (default"
              + " ${DEFAULT-VALUE})")
  Level logLevel = Level.INFO;
}
