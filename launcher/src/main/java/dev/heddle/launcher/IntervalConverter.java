package dev.heddle.launcher;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the time between two lines of statistics.
final class IntervalConverter implements ITypeConverter<Duration> {
  private static final Duration SHORTEST = Duration.ofMillis(100);

  @Override
  public Duration convert(String text) {
    Duration interval = new DurationConverter().convert(text);
    if (interval.compareTo(SHORTEST) < 0) {
      throw new TypeConversionException(
          "expected a time of at least " + DurationConverter.format(SHORTEST));
    }
    return interval;
  }
}
