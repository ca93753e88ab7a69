package dev.heddle.benchmarks.compare;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Numbers as people write them: `64`, `10k`, `1m`, and times such as `500ms`, `5s`, `2m`.
final class Quantity {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,3})?)(ms|[smk]?)");

  private Quantity() {}

  private static BigDecimal parse(String text, Map<String, Long> units, String examples) {
    Matcher matcher = FORM.matcher(text);
    Long unit = matcher.matches() ? units.get(matcher.group(2)) : null;
    if (unit == null) {
      throw new TypeConversionException("'" + text + "' is not one of the form " + examples);
    }
    return new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
  }

  /// Reads `64`, `10k`, `1m`.
  static final class OfCount implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      try {
        return parse(text, Map.of("", 1L, "k", 1_000L, "m", 1_000_000L), "64, 10k, 1m")
            .intValueExact();
      } catch (ArithmeticException inexact) {
        throw new TypeConversionException("'" + text + "' is not a whole number below 2147483648");
      }
    }
  }

  /// Reads `500ms`, `5s`, `2m`; without a unit, seconds.
  static final class OfDuration implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      Map<String, Long> millis = Map.of("ms", 1L, "", 1_000L, "s", 1_000L, "m", 60_000L);
      return Duration.ofMillis(parse(text, millis, "500ms, 5s, 2m").longValue());
    }
  }
}
