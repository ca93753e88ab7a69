package dev.heddle.benchmarks.report;

import java.math.BigDecimal;
import java.util.Locale;

/// Numbers in few characters: three digits that count.
final class Numbers {
  private static final String UNKNOWN = "-";

  private Numbers() {}

  /// `0.12`, `9.87`, `98.7`, `987`, `9.87k`, `987k`, `1.23M`.
  static String brief(double value) {
    if (Double.isNaN(value)) {
      return UNKNOWN;
    }
    if (value < 999.5) {
      return digits(value);
    }
    return value < 999_500 ? digits(value / 1e3) + "k" : digits(value / 1e6) + "M";
  }

  /// `101,220`.
  static String whole(double value) {
    return Double.isNaN(value) ? UNKNOWN : String.format(Locale.ROOT, "%,.0f", value);
  }

  /// `101,220`.
  static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /// `1`, `0.3`, `2.5`.
  static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  /// `1.05`.
  static String ratio(double value) {
    return Double.isNaN(value) ? UNKNOWN : String.format(Locale.ROOT, "%.2f", value);
  }

  /// `1.02-1.07`.
  static String ratios(Spread spread) {
    return Double.isNaN(spread.median())
        ? UNKNOWN
        : ratio(spread.min()) + "-" + ratio(spread.max());
  }

  /// `98.1-103`.
  static String range(Spread spread) {
    return Double.isNaN(spread.median())
        ? UNKNOWN
        : brief(spread.min()) + "-" + brief(spread.max());
  }

  private static String digits(double value) {
    String format = value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f";
    return String.format(Locale.ROOT, format, value);
  }
}
