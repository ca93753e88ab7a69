package dev.heddle.benchmarks.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class QuantityTest {
  @ParameterizedTest
  @CsvSource({"64, 64", "10k, 10000", "1.5K, 1500", "2m, 2000000"})
  void readsCounts(String text, int count) {
    assertThat(new Quantity.OfCount().convert(text)).isEqualTo(count);
  }

  @ParameterizedTest
  @CsvSource({
    "5s, 5000000",
    "5, 5000000",
    "500ms, 500000",
    "20us, 20",
    "1.5m, 90000000",
    "1h, 3600000000"
  })
  void readsDurations(String text, long micros) {
    assertThat(new Quantity.OfDuration().convert(text)).isEqualTo(Duration.ofNanos(micros * 1_000));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "k", "-1", "1e3", "1.5", "1x", "3000m", "99999999999999"})
  void refusesWhatIsNoCount(String text) {
    assertThatThrownBy(() -> new Quantity.OfCount().convert(text))
        .isInstanceOf(TypeConversionException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "-1s", "5 s", "5d"})
  void refusesWhatIsNoDuration(String text) {
    assertThatThrownBy(() -> new Quantity.OfDuration().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("'" + text + "' is not one of the form 500ms, 5s, 2m");
  }

  @ParameterizedTest
  @ValueSource(strings = {"8760.1h", "999999999999h", "999999999999"})
  void refusesWhatIsLongerThanAYear(String text) {
    assertThatThrownBy(() -> new Quantity.OfDuration().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("'" + text + "' is longer than 8760h");
  }
}
