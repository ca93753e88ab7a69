package dev.heddle.benchmarks.command;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Numbers as people write them: `10k`, `1.5m`, `64`, and durations such as `500ms`, `5s`, `2m`.
public final class Quantity {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,6})?)([A-Za-z]*)");
  private static final Map<String, Long> MULTIPLES = Map.of("", 1L, "k", 1_000L, "m", 1_000_000L);
  private static final Map<String, Long> NANOS =
      Map.of(
          "", 1_000_000_000L,
          "us", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  /// In nanoseconds: a year.
  private static final BigDecimal LONGEST = BigDecimal.valueOf(Duration.ofDays(365).toNanos());

  private Quantity() {}

  private static BigDecimal parse(String text, Map<String, Long> units, String examples) {
    Matcher matcher = FORM.matcher(text);
    Long unit = matcher.matches() ? units.get(matcher.group(2).toLowerCase(Locale.ROOT)) : null;
    if (unit == null) {
      throw new TypeConversionException("'" + text + "' is not one of the form " + examples);
    }
    return new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
  }

  /// Reads `64`, `10k`, `1m`.
  public static final class OfCount implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      try {
        return parse(text, MULTIPLES, "64, 10k, 1m").intValueExact();
      } catch (ArithmeticException inexact) {
        throw new TypeConversionException("'" + text + "' is not a whole number below 2147483648");
      }
    }
  }

  /// Reads `500`, `20k`, `0.5`.
  public static final class OfRate implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      return parse(text, MULTIPLES, "500, 20k, 0.5").doubleValue();
    }
  }

  /// Reads `500ms`, `5s`, `2m`, up to a year; without a unit, seconds.
  public static final class OfDuration implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      BigDecimal nanos = parse(text, NANOS, "500ms, 5s, 2m");
      if (nanos.compareTo(LONGEST) > 0) {
        throw new TypeConversionException("'" + text + "' is longer than 8760h");
      }
      return Duration.ofNanos(nanos.longValue());
    }
  }
}
