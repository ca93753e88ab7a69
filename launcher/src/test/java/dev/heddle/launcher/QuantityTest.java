package dev.heddle.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "9999, 9999",
    "10000, 10k",
    "10499, 10k",
    "999499, 999k",
    "999500, 1.0M",
    "1234567, 1.2M",
    "9949999, 9.9M",
    "9950000, 10M",
    "123456789, 123M",
    "4294967296, 4.3G",
    "9223372036854775807, 9.2E",
  })
  void numbersAreShort(long number, String expected) {
    assertThat(Quantity.format(number)).isEqualTo(expected);
  }

  @Test
  void nothingIsLongerThanFourCharacters() {
    for (long number = 1; number > 0; number *= 2) {
      assertThat(Quantity.format(number - 1)).hasSizeLessThanOrEqualTo(4);
      assertThat(Quantity.format(number)).hasSizeLessThanOrEqualTo(4);
    }
  }
}
