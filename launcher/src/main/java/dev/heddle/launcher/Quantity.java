package dev.heddle.launcher;

import java.util.Locale;

/// A number in at most four characters: `9999`, `10k`, `1.2M`.
final class Quantity {
  private static final String UNITS = "kMGTPE";

  private Quantity() {}

  static String format(long number) {
    if (number < 10_000) {
      return Long.toString(number);
    }
    double scaled = number / 1000.0;
    int unit = 0;
    while (scaled >= 999.5) {
      scaled /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, scaled < 9.95 ? "%.1f" : "%.0f", scaled) + UNITS.charAt(unit);
  }
}
