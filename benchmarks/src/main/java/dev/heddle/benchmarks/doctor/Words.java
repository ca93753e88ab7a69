package dev.heddle.benchmarks.doctor;

import java.util.Locale;

/// Quantities for people.
final class Words {
  private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB"};

  private Words() {}

  /// `19,900`.
  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /// `208 KiB`.
  static String bytes(long value) {
    double amount = value;
    int unit = 0;
    while (amount >= 1024 && unit < UNITS.length - 1) {
      amount /= 1024;
      unit++;
    }
    String format = amount == Math.rint(amount) ? "%,.0f %s" : "%,.1f %s";
    return String.format(Locale.ROOT, format, amount, UNITS[unit]);
  }
}
