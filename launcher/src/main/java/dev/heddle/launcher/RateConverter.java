package dev.heddle.launcher;

import dev.heddle.Rate;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads rates such as `100/s`, `30/m` and `1000/h`. Zero, for no limit, needs no unit.
final class RateConverter implements ITypeConverter<Rate> {
  private static final Pattern RATE = Pattern.compile("(\\d{1,9})/([smh])|0");

  @Override
  public Rate convert(String text) {
    Matcher rate = RATE.matcher(text);
    if (!rate.matches()) {
      throw new TypeConversionException("expected a rate such as 100/s, 30/m, 1000/h or 0");
    }
    return rate.group(1) == null
        ? Rate.UNLIMITED
        : new Rate(Integer.parseInt(rate.group(1)), period(rate.group(2)));
  }

  private static Duration period(String unit) {
    return switch (unit) {
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      default -> Duration.ofHours(1);
    };
  }
}
