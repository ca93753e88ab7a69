package dev.heddle;

import java.time.Duration;

/// How often something may happen: so many times at once, and as many again spread over a period.
///
/// @param count from 1; 0: any number of times
/// @param period from a millisecond to a day
public record Rate(int count, Duration period) {
  private static final Duration LONGEST = Duration.ofDays(1);

  /// As often as it will.
  public static final Rate UNLIMITED = new Rate(0, Duration.ofSeconds(1));

  /// Checks the values.
  ///
  /// @throws IllegalArgumentException naming the value and what was expected
  public Rate {
    OptionCheck.check(count >= 0, "rate", count, "a number from 0");
    OptionCheck.check(
        period.toMillis() >= 1 && period.compareTo(LONGEST) <= 0,
        "period",
        period,
        "a time from 1ms to 1 day");
  }

  /// Whether there is no limit.
  public boolean isUnlimited() {
    return count == 0;
  }

  /// The time after which one more may happen, in nanoseconds.
  long interval() {
    return Math.max(1, period.toNanos() / count);
  }
}
