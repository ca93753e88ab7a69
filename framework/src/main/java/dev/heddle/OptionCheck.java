package dev.heddle;

/// How options are checked: apart from them, so that none has to be there before another.
final class OptionCheck {
  private OptionCheck() {}

  /// @throws IllegalArgumentException naming the option, its value and what was expected, if the
  ///   condition does not hold
  static void check(boolean holds, String option, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(option + " is " + value + ": expected " + expected);
    }
  }
}
