package dev.heddle.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CapacityTextTest {
  private static final List<String> LINES = CapacityText.of(Example.history());

  @Test
  void fitsATerminal() {
    assertThat(LINES).allMatch(line -> line.length() <= 80);
    assertThat(CapacityText.LEGEND).allMatch(line -> line.length() <= 80);
  }

  @Test
  void showsWhatAModeCannotDoAsSuchWithTheReason() {
    assertThat(LINES)
        .contains("! pool 100: connection 101 waits")
        .anyMatch(line -> line.matches("pool 100 +100 +48,000 +61 +120 +43\\.0k"))
        .anyMatch(line -> line.matches("poll +0 +- +- +- +-"))
        .anyMatch(line -> line.startsWith("! poll: ended with status 1: some words"));
  }

  @Test
  void aPageOfNothingElseSpeaksOfNoRoundsAndNoCharts() {
    Comparison all = Example.comparison();
    String page =
        Page.of(
            new Comparison(
                all.date(),
                all.command(),
                all.machine(),
                all.conditions(),
                List.of(),
                Example.history()));
    assertThat(page).contains("Heddle compare: history", "Each row is a server");
    assertThat(page).doesNotContain("whiskers reach", "interleaved");
  }

  @Test
  void standsInThePageToo() {
    assertThat(Page.of(Example.comparison()))
        .contains("1,000 connections, each asking as fast as it can", "connection 101 waits");
  }
}
