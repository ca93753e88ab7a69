package dev.heddle.launcher;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads and writes times such as `500ms`, `5s`, `2m` and `1h`. Zero needs no unit.
final class DurationConverter implements ITypeConverter<Duration> {
  private static final Pattern TIME = Pattern.compile("(\\d{1,10})(ms|s|m|h)|0");

  /// What deadlines can hold.
  private static final Duration LONGEST = Duration.ofDays(24);

  @Override
  public Duration convert(String text) {
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      throw new TypeConversionException("expected a time such as 500ms, 5s, 2m, 1h or 0");
    }
    Duration duration =
        time.group(2) == null ? Duration.ZERO : of(Long.parseLong(time.group(1)), time.group(2));
    if (duration.compareTo(LONGEST) > 0) {
      throw new TypeConversionException("expected a time of at most 24 days, " + format(LONGEST));
    }
    return duration;
  }

  private static Duration of(long count, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      default -> Duration.ofHours(count);
    };
  }

  /// The text in the largest unit that keeps it whole.
  static String format(Duration duration) {
    long millis = duration.toMillis();
    if (millis == 0) {
      return "0";
    }
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds % 3600 == 0) {
      return seconds / 3600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
