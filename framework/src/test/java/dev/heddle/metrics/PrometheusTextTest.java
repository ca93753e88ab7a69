package dev.heddle.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusTextTest {
  private final PrometheusText text = new PrometheusText();

  @Test
  void aFamilyHasItsHelpItsTypeAndItsSamples() {
    text.counter("a_total", "What it is.");
    text.sample(3);
    text.sample(0.25, "x", "1", "y", "2");
    assertThat(text)
        .hasToString(
            """
            # HELP a_total What it is.
            # TYPE a_total counter
            a_total 3
            a_total{x="1",y="2"} 0.25
            """);
  }

  @Test
  void whatPeersMayNameIsEscaped() {
    text.gauge("a", "A \\ and a\nline, \"quoted\".");
    text.sample(1, "route", "/\"\\\n}é");
    assertThat(text)
        .hasToString(
            """
            # HELP a A \\\\ and a\\nline, "quoted".
            # TYPE a gauge
            a{route="/\\"\\\\\\n}é"} 1
            """);
    assertThat(PrometheusParser.parse(text.toString())).hasSize(1);
  }

  @Test
  void aHistogramAddsItsBucketsUp() {
    text.histogram("a_seconds", "Times.");
    text.buckets(new double[] {0.0001, 2.5}, new long[] {1, 2, 4}, 30.5, "x", "y");
    assertThat(text.toString())
        .endsWith(
            """
            # TYPE a_seconds histogram
            a_seconds_bucket{x="y",le="1.0E-4"} 1
            a_seconds_bucket{x="y",le="2.5"} 3
            a_seconds_bucket{x="y",le="+Inf"} 7
            a_seconds_sum{x="y"} 30.5
            a_seconds_count{x="y"} 7
            """);
    assertThat(PrometheusParser.parse(text.toString()))
        .containsEntry("a_seconds_sum{x=\"y\"}", 30.5);
  }

  @ParameterizedTest
  @CsvSource({
    "1e9, 1000000000",
    "-1, -1",
    "1763725000.123, 1.763725000123E9",
    "1e300, 1.0E300",
    "Infinity, +Inf",
    "-Infinity, -Inf",
    "NaN, NaN"
  })
  void numbersAreWrittenAsGoReadsThem(double value, String written) {
    text.gauge("a", "A number.");
    text.sample(value);
    assertThat(text.toString()).endsWith("\na " + written + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1a", "a-b", "a b", "é"})
  void namesThatPrometheusDoesNotTakeAreRefused(String name) {
    assertThatThrownBy(() -> text.gauge(name, "Bad.")).isInstanceOf(IllegalArgumentException.class);
    text.gauge("good", "Good.");
    assertThatThrownBy(() -> text.sample(1, name, "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aCounterIsCalledATotal() {
    assertThatThrownBy(() -> text.counter("a", "Bad."))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFamilyIsThereOnce() {
    text.gauge("a", "One.");
    assertThatThrownBy(() -> text.gauge("a", "Two.")).isInstanceOf(IllegalArgumentException.class);
  }
}
