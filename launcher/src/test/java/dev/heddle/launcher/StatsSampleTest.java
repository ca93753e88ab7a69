package dev.heddle.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.ServerStatistics;
import org.junit.jupiter.api.Test;

class StatsSampleTest {
  private static final long SECOND = 1_000_000_000;

  private static StatsSample sample(long at, long messages, long bytes, ProcessUsage process) {
    return new StatsSample(
        at, new ServerStatistics(12, 345, 0, 0, 0, messages, bytes, 2 * bytes), process);
  }

  @Test
  void ratesAreThoseOfTheTimeBetweenTwoSamples() {
    StatsSample before = sample(5 * SECOND, 1_000, 50_000, new ProcessUsage(SECOND, 0, 0, 0));
    StatsSample after =
        sample(7 * SECOND, 1_500, 60_000, new ProcessUsage(4 * SECOND, 76_000_000, 19, 1_048_576));
    assertThat(after.since(before))
        .isEqualTo("conn=12/345 msg/s=250 in/s=5000 out/s=10k cpu=150% mem=76M fd=19/1.0M");
  }

  @Test
  void descriptorsThatNobodyCountsAreLeftOpen() {
    StatsSample sample = sample(0, 0, 0, new ProcessUsage(0, 0, -1, -1));
    assertThat(sample.since(sample)).endsWith(" fd=-");
  }

  @Test
  void theLineFitsEightyColumnsWhateverTheNumbers() {
    long many = Long.MAX_VALUE / 4;
    StatsSample before = sample(0, 0, 0, new ProcessUsage(0, 0, 0, 0));
    StatsSample after =
        new StatsSample(
            SECOND,
            new ServerStatistics(9999, 9999, 0, 0, 0, many, many, many),
            new ProcessUsage(64 * SECOND, many, 9999, 9999));
    assertThat(after.since(before)).hasSizeLessThanOrEqualTo(80);
  }
}
