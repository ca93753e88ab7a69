package dev.heddle.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.Carrier;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ConvertersTest {
  private static final String LONGEST_TIME = "576h";

  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "0s, PT0S",
    "1ms, PT0.001S",
    "500ms, PT0.5S",
    "5s, PT5S",
    "90s, PT1M30S",
    "2m, PT2M",
    "1h, PT1H",
    "576h, PT576H",
  })
  void timesAreRead(String text, Duration expected) {
    assertThat(new DurationConverter().convert(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "5", "s", "-5s", "+5s", "5 s", "5S", "5sec", "1.5s", "1d", "0x5s", "٥s"})
  void whatIsNoTimeIsRefused(String text) {
    assertThatThrownBy(() -> new DurationConverter().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("expected a time such as 500ms, 5s, 2m, 1h or 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"577h", "9999999999h", "9999999999s"})
  void timesThatNoDeadlineCanHoldAreRefused(String text) {
    assertThatThrownBy(() -> new DurationConverter().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("expected a time of at most 24 days, " + LONGEST_TIME);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1ms", "1500ms", "5s", "90s", "5m", "24h", LONGEST_TIME})
  void timesAreWrittenAsTheyAreRead(String text) {
    assertThat(DurationConverter.format(new DurationConverter().convert(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "512, 512", "64k, 65536", "1m, 1048576", "1g, 1073741824"})
  void sizesAreRead(String text, int expected) {
    assertThat(new SizeConverter().convert(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 'expected a size such as 512, 64k or 1m'",
    "k, 'expected a size such as 512, 64k or 1m'",
    "64K, 'expected a size such as 512, 64k or 1m'",
    "64kb, 'expected a size such as 512, 64k or 1m'",
    "-1, 'expected a size such as 512, 64k or 1m'",
    "2g, expected a size of at most 2047m",
    "2146435073, expected a size of at most 2047m",
    "9999999999g, expected a size of at most 2047m",
  })
  void whatIsNoSizeIsRefused(String text, String message) {
    assertThatThrownBy(() -> new SizeConverter().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "-1", "65536", "99999999999", "1.0", "1 "})
  void whatIsNoPortIsRefused(String text) {
    assertThatThrownBy(() -> new NumberConverter.Port().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("expected a whole number from 0 to 65535");
  }

  @Test
  void theKernelsTimesAreWholeSeconds() {
    assertThat(new SecondsConverter().convert("2m")).isEqualTo(Duration.ofMinutes(2));
    assertThatThrownBy(() -> new SecondsConverter().convert("1500ms"))
        .hasMessage("expected whole seconds, such as 60s, at most 32767s");
    assertThatThrownBy(() -> new SecondsConverter().convert("10h"))
        .hasMessage("expected whole seconds, such as 60s, at most 32767s");
  }

  @Test
  void statisticsAreNotPrintedWithoutPause() {
    assertThat(new IntervalConverter().convert("100ms")).isEqualTo(Duration.ofMillis(100));
    assertThatThrownBy(() -> new IntervalConverter().convert("0"))
        .hasMessage("expected a time of at least 100ms");
  }

  @Test
  void choicesAreLowerCaseAndTheNearestIsOffered() {
    ChoiceConverter<Carrier> carrier = new ChoiceConverter<>(Carrier.class);
    assertThat(carrier.convert("loop")).isEqualTo(Carrier.LOOP);
    assertThatThrownBy(() -> carrier.convert("lopp"))
        .hasMessage("did you mean loop? expected one of auto, loop, poller, scheduler");
    assertThatThrownBy(() -> carrier.convert("thread"))
        .hasMessage("expected one of auto, loop, poller, scheduler");
  }

  @Test
  void switchesAreTrueOrFalse() {
    assertThat(new SwitchConverter().convert("true")).isTrue();
    assertThat(new SwitchConverter().convert("false")).isFalse();
    assertThatThrownBy(() -> new SwitchConverter().convert("yes"))
        .hasMessage("expected true or false");
  }

  @Test
  void theNearestBackendIsOffered() {
    assertThat(new BackendConverter().convert("virtual")).isEqualTo("virtual");
    assertThatThrownBy(() -> new BackendConverter().convert("vitrual"))
        .hasMessageStartingWith("did you mean virtual? expected one of ")
        .hasMessageContainingAll("platform", "pool", "selector", "virtual");
  }
}
