package dev.heddle.demo.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Statistics statistics = new Statistics(0);

  @Test
  void whereNothingHappensThereIsNoLatency() {
    assertThat(statistics.sample(SECOND)).isEqualTo(new Sample(1, 0, 0, 0, 0, null));
  }

  @Test
  void aRateIsOfItsIntervalAndACountOfAll() {
    for (int i = 0; i < 10; i++) {
      statistics.answered(1000);
    }
    Sample first = statistics.sample(2 * SECOND);
    assertThat(first.perSecond()).isEqualTo(5);
    statistics.answered(1000);
    Sample second = statistics.sample(3 * SECOND);
    assertThat(second.perSecond()).isEqualTo(1);
    assertThat(second.requests()).isEqualTo(11);
    assertThat(second.number()).isEqualTo(2);
  }

  @Test
  void connectionsThatEndedAreNotOpen() {
    statistics.opened();
    statistics.opened();
    statistics.closed();
    Sample sample = statistics.sample(SECOND);
    assertThat(sample.connections()).isEqualTo(1);
    assertThat(sample.accepted()).isEqualTo(2);
  }

  @Test
  void percentilesAreWithinOnePercent() {
    for (int i = 1; i <= 1000; i++) {
      statistics.answered(i * 1_000_000L);
    }
    Latency latency = statistics.sample(SECOND).latency();
    assertThat(latency.median()).isCloseTo(500_000_000, within(5_000_000L));
    assertThat(latency.p90()).isCloseTo(900_000_000, within(9_000_000L));
    assertThat(latency.p99()).isCloseTo(990_000_000, within(9_900_000L));
    assertThat(latency.p999()).isCloseTo(999_000_000, within(9_990_000L));
    assertThat(latency.worst()).isGreaterThanOrEqualTo(1_000_000_000);
  }

  @Test
  void aTimeOffTheScaleCountsAtItsEnd() {
    statistics.answered(-1);
    assertThat(statistics.sample(SECOND).latency().worst()).isZero();
    statistics.answered(Long.MAX_VALUE);
    assertThat(statistics.sample(SECOND).latency().worst())
        .isGreaterThanOrEqualTo(Statistics.LONGEST_NANOS);
  }
}
