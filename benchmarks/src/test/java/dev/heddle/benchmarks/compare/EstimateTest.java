package dev.heddle.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EstimateTest {
  private static final Plan PLAN =
      new Plan(
          64, 64, 1, null, 4, Duration.ofSeconds(1), Duration.ofSeconds(4), false, 0, List.of());

  @Test
  void isWhatThePlanSaysUntilStepsHaveBeenSeen() {
    // Two servers: each warmed in 5.3 s and measured in 4 rounds of 2.25 s.
    assertThat(new Estimate(PLAN, 2).left(Work.WARM_UP, 0)).isCloseTo(28.6, within(1e-6));
  }

  @Test
  void learnsFromTheStepsThatAreOver() {
    Estimate estimate = new Estimate(PLAN, 2);
    estimate.done(Work.WARM_UP, 1);
    estimate.done(Work.WARM_UP, 1);
    estimate.done(Work.ROUND, 3);
    assertThat(estimate.left(Work.ROUND, 1)).isCloseTo(7 * 3 - 1, within(1e-6));
  }

  @Test
  void takesTheWarmUpOfEachRoundForWhatWarmUpsHaveTaken() {
    Plan fresh =
        new Plan(
            64, 64, 1, null, 4, Duration.ofSeconds(1), Duration.ofSeconds(4), true, 0, List.of());
    Estimate estimate = new Estimate(fresh, 2);
    assertThat(estimate.left(Work.WARM_UP, 0)).isCloseTo(10 * 5.3 + 8 * 2.25, within(1e-6));
    estimate.done(Work.WARM_UP, 2);
    estimate.done(Work.WARM_UP, 2);
    assertThat(estimate.left(Work.ROUND, 0)).isCloseTo(8 * 4.25, within(1e-6));
  }

  @Test
  void neverFallsBelowTheStepsThatAreStillToCome() {
    Estimate estimate = new Estimate(PLAN, 1);
    assertThat(estimate.left(Work.WARM_UP, 1_000)).isCloseTo(9, within(1e-6));
  }

  @Test
  void drawsABarThatFitsATerminal() {
    assertThat(Progress.bar(30, 90, "echo virtual, round 2 of 5"))
        .isEqualTo("[#####...............] 25% 1:30 left  echo virtual, round 2 of 5");
    assertThat(Progress.bar(0, 6_000, "x".repeat(200))).hasSizeLessThan(80);
  }

  @Test
  void roundsARateDownToTwoDigits() {
    assertThat(List.of(51_999.0, 100_000.0, 1_234.0, 7.77))
        .extracting(Run::roundDown)
        .containsExactly(51_000.0, 100_000.0, 1_200.0, 7.7);
  }
}
