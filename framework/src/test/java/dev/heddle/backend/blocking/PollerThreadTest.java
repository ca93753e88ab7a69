package dev.heddle.backend.blocking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.backend.JdkInternals.ReadPoller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// When a poller carries virtual threads, and when not, by a clock that the test sets.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PollerThreadTest {
  private static final Duration PERIOD = Duration.ofMillis(10);

  private final List<Thread> waiting = new ArrayList<>();
  private long now = 1_000_000_000L;

  private PollerThread poller(int processors) {
    return new PollerThread(new ReadPoller(Thread.currentThread(), waiting), processors, () -> now);
  }

  private Runnable taking(Duration time) {
    return () -> now += time.toNanos();
  }

  private void review(PollerThread poller) {
    now += PERIOD.toNanos();
    poller.review(true, now);
  }

  /// Whether it carries one that takes no time.
  private static boolean carries(PollerThread poller) {
    return poller.carry(() -> {});
  }

  @Test
  void itCarriesWhenItHasBeenReviewedAndUntilItIsStopped() {
    PollerThread poller = poller(2);
    assertThat(carries(poller)).isFalse();
    review(poller);
    assertThat(carries(poller)).isTrue();
    poller.stop();
    assertThat(carries(poller)).isFalse();
  }

  @Test
  void itCarriesNobodyWhileThatDoesNotPay() {
    PollerThread poller = poller(2);
    poller.review(false, now);
    assertThat(carries(poller)).isFalse();
  }

  @Test
  void whoIsWokenByTheOneThatIsCarriedIsPassedOn() {
    PollerThread poller = poller(2);
    review(poller);
    boolean[] within = {true};
    assertThat(poller.carry(() -> within[0] = carries(poller))).isTrue();
    assertThat(within[0]).isFalse();
    assertThat(carries(poller)).isTrue();
  }

  @Test
  void anErrorOfTheJdkDoesNotEndThePollerAndIsToldOnce() {
    PollerThread poller = poller(2);
    review(poller);
    OutOfMemoryError error = new OutOfMemoryError("made up");
    assertThat(
            poller.carry(
                () -> {
                  throw error;
                }))
        .isTrue();
    assertThat(poller.isHeld()).isFalse();
    assertThat(poller.takeTrouble()).isSameAs(error);
    assertThat(poller.takeTrouble()).isNull();
  }

  @Test
  void afterOneThatTookLongItCarriesNobodyForASecondAndThenForTwo() {
    PollerThread poller = poller(2);
    review(poller);
    assertThat(periodsOfPauseAfterALongOne(poller)).isBetween(100, 101);
    assertThat(periodsOfPauseAfterALongOne(poller)).isBetween(200, 201);
  }

  @Test
  void onceAllHaveBeenShortForLongTheNextPauseIsShortAgain() {
    PollerThread poller = poller(2);
    review(poller);
    assertThat(periodsOfPauseAfterALongOne(poller)).isBetween(100, 101);
    for (int period = 0; period < 150; period++) {
      review(poller);
      assertThat(carries(poller)).isTrue();
    }
    assertThat(periodsOfPauseAfterALongOne(poller)).isBetween(100, 101);
  }

  private int periodsOfPauseAfterALongOne(PollerThread poller) {
    assertThat(poller.carry(taking(Duration.ofMillis(6)))).isTrue();
    return periodsUntilItCarries(poller);
  }

  private int periodsUntilItCarries(PollerThread poller) {
    int periods = 0;
    do {
      review(poller);
      periods++;
    } while (!carries(poller));
    return periods;
  }

  @Test
  void whereThereAreOtherProcessorsItCarriesNobodyWhileThatWouldTakeMoreThanHalfItsTime() {
    PollerThread poller = poller(2);
    review(poller);
    assertThat(carriedOf(poller, 40, Duration.ofNanos(100_000))).isEqualTo(40);
    review(poller);
    assertThat(carriedOf(poller, 60, Duration.ofNanos(100_000))).isEqualTo(60);
    review(poller); // 6 ms of 16: what they took is part of the time
    assertThat(carriedOf(poller, 200, Duration.ofNanos(100_000))).isEqualTo(200);
    review(poller);
    assertThat(carriedOf(poller, 200, Duration.ofNanos(100_000))).isZero();
    review(poller); // as it passed on as many as before
    assertThat(carriedOf(poller, 10, Duration.ofNanos(100_000))).isZero();
    review(poller);
    assertThat(carriedOf(poller, 10, Duration.ofNanos(100_000))).isEqualTo(10);
  }

  @Test
  void whereThereAreNoneItCarriesUnderAnyLoad() {
    PollerThread poller = poller(1);
    review(poller);
    assertThat(carriedOf(poller, 200, Duration.ofNanos(100_000))).isEqualTo(200);
    review(poller);
    assertThat(carries(poller)).isTrue();
  }

  private int carriedOf(PollerThread poller, int count, Duration each) {
    int carried = 0;
    for (int i = 0; i < count; i++) {
      carried += poller.carry(taking(each)) ? 1 : 0;
    }
    return carried;
  }

  @Test
  void whileOneHoldsItThoseWhoWaitForItAreWoken() throws Exception {
    CountDownLatch woken = new CountDownLatch(1);
    Thread waiter =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  LockSupport.park();
                  woken.countDown();
                });
    waiting.add(waiter);
    PollerThread poller = poller(2);
    review(poller);
    assertThat(
            poller.carry(
                () -> {
                  review(poller);
                  assertThat(poller.isHeld()).isTrue();
                }))
        .isTrue();
    assertThat(woken.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(poller.isHeld()).isFalse();
    assertThat(carries(poller)).isFalse();
    assertThat(periodsUntilItCarries(poller)).isBetween(99, 101); // one pause for one that held it
  }
}
