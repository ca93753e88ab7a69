package dev.heddle.backend.blocking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.Blocked;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// When turns are given before reads, by a clock that the test moves on.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TurnsTest {
  private static final Duration PERIOD = Duration.ofMillis(10);

  /// How many periods pass at most until a trial begins, and until it is judged.
  private static final int LONGEST_PAUSE = 32;

  private static final int TRIAL = 2;

  /// For how many periods the watchman may go unserved, and how many a breather may last.
  private static final int OVERDUE = 40;

  private static final int BREATHER = 20;

  private final Turns turns = new Turns(List.of());
  private long now = 1_000_000_000L;

  private void pass(int periods) {
    for (int i = 0; i < periods; i++) {
      now += PERIOD.toNanos();
      turns.decide(now);
    }
  }

  /// Lets periods pass in which most reads find their bytes, or most don't.
  private void pass(int periods, boolean hits) {
    for (int i = 0; i < periods; i++) {
      for (int read = 0; read < 10; read++) {
        turns.judge(hits);
      }
      pass(1);
    }
  }

  private void startTrial() {
    for (int i = 0; i <= LONGEST_PAUSE && !turns.give(true); i++) {
      pass(1);
    }
    assertThat(turns.give(true)).isTrue();
  }

  @Test
  void aTrialThatPaysGoesOn() {
    startTrial();
    pass(10 * TRIAL, true);
    assertThat(turns.give(true)).isTrue();
  }

  @Test
  void whoDoesNotTryTakesPartWhenTurnsPay() {
    startTrial();
    assertThat(turns.give(false)).isFalse();
    pass(TRIAL, true);
    assertThat(turns.give(false)).isTrue();
    pass(TRIAL, false);
    assertThat(turns.give(false)).isFalse();
  }

  @Test
  void aTrialThatDoesNotPayEnds() {
    startTrial();
    pass(TRIAL, false);
    assertThat(turns.give(true)).isFalse();
  }

  @Test
  void afterATrialThatDidNotPayThereIsAnotherOneLater() {
    startTrial();
    pass(TRIAL, false);
    startTrial();
  }

  /// Peers may stand still for a moment, all at once.
  @Test
  void aPeriodInWhichNobodyReadsDoesNotEndTheTurns() {
    startTrial();
    pass(TRIAL, true);
    pass(1);
    assertThat(turns.give(true)).isTrue();
  }

  @Test
  void turnsEndSoonAfterTheyNoLongerPay() {
    startTrial();
    pass(10, true);
    pass(10, false);
    assertThat(turns.give(true)).isFalse();
  }

  @Test
  void whoWouldYieldRestsWhileTheWatchmanIsOverdueAndIsWokenBehindIt() throws Exception {
    startTrial();
    pass(OVERDUE, true);
    CountDownLatch rested = new CountDownLatch(1);
    Thread resting = Thread.ofVirtual().start(() -> rest(rested));

    Blocked.await(resting);
    assertThat(rested.getCount()).as("it still rests").isEqualTo(1);
    pass(BREATHER, true); // nobody serves the watchman, so the time ends the breather

    rested.await();
  }

  private void rest(CountDownLatch rested) {
    assertThat(turns.give(true)).isTrue();
    rested.countDown();
  }
}
