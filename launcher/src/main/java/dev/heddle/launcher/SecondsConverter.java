package dev.heddle.launcher;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the times that the system holds in whole seconds.
final class SecondsConverter implements ITypeConverter<Duration> {
  private static final Duration LONGEST = Duration.ofSeconds(32_767);

  @Override
  public Duration convert(String text) {
    Duration time = new DurationConverter().convert(text);
    if (time.toNanosPart() != 0 || time.compareTo(LONGEST) > 0) {
      throw new TypeConversionException(
          "expected whole seconds, such as 60s, at most " + DurationConverter.format(LONGEST));
    }
    return time;
  }
}
