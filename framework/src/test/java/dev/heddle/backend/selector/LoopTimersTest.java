package dev.heddle.backend.selector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("FutureReturnValueIgnored") // what ran is written down
class LoopTimersTest {
  /// Near the end of what a long holds, where [System#nanoTime()] may begin.
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 15);

  private final LoopTimers timers = new LoopTimers(clock::get);
  private final List<String> ran = new ArrayList<>();

  private ScheduledFuture<?> schedule(String name, long delay) {
    return timers.schedule(() -> ran.add(name), delay);
  }

  private void runDue() {
    long now = clock.get();
    for (Runnable timer; (timer = timers.pollDue(now)) != null; ) {
      timer.run();
    }
  }

  @Test
  void theyRunInTheOrderInWhichTheyAreDueAndNotBefore() {
    schedule("c", 30);
    schedule("a", 10);
    schedule("b", 20);
    runDue();
    assertThat(ran).isEmpty();
    clock.addAndGet(10);
    runDue();
    assertThat(ran).containsExactly("a");
    clock.addAndGet(100);
    assertThat(timers.isDue()).isTrue();
    runDue();
    assertThat(ran).containsExactly("a", "b", "c");
    assertThat(timers.isDue()).isFalse();
  }

  @Test
  void thoseDueAtOnceRunInTheOrderInWhichTheyWereMade() {
    for (String name : List.of("a", "b", "c", "d")) {
      schedule(name, 5);
    }
    clock.addAndGet(5);
    runDue();
    assertThat(ran).containsExactly("a", "b", "c", "d");
  }

  @Test
  void oneThatIsCancelledIsForgotten() {
    ScheduledFuture<?> first = schedule("a", 10);
    schedule("b", 5_000_000);
    assertThat(first.cancel(false)).isTrue();
    assertThat(timers.millisToNext()).isEqualTo(5);
    clock.addAndGet(5_000_000);
    runDue();
    assertThat(ran).containsExactly("b");
    assertThat(timers.poll()).isNull();
  }

  @Test
  void oneThatHasRunIsDone() {
    ScheduledFuture<?> timer = schedule("a", 0);
    assertThat(timer.isDone()).isFalse();
    runDue();
    assertThat(timer.isDone()).isTrue();
    assertThat(timer.cancel(false)).isFalse();
    assertThat(timer.isCancelled()).isFalse();
  }

  @Test
  void oneThatIsMadeWhileOthersRunHasItsTurnLater() {
    timers.schedule(() -> schedule("again", 0), 0);
    long before = clock.getAndIncrement();
    for (Runnable timer; (timer = timers.pollDue(before)) != null; ) {
      timer.run();
    }
    assertThat(ran).isEmpty();
    assertThat(timers.isDue()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "999999, 1", "1000000, 1", "1000001, 2", "5000000, 5", "-3, 1"})
  void aSelectorSleepsLongEnoughForTheNext(long nanos, long millis) {
    schedule("a", nanos);
    schedule("later", 60_000_000);
    assertThat(timers.millisToNext()).isEqualTo(millis);
  }

  @Test
  void aSelectorSleepsForEverWithoutAny() {
    assertThat(timers.millisToNext()).isZero();
    assertThat(timers.isDue()).isFalse();
  }

  /// Many of the same span, and others among them: against a list that is sorted anew each time.
  @Test
  void anyMixtureRunsInOrder() {
    Random random = new Random(7);
    record Pending(String name, long due, ScheduledFuture<?> timer) {}
    List<Pending> expected = new ArrayList<>();
    int next = 0;
    for (int step = 0; step < 20_000; step++) {
      switch (random.nextInt(4)) {
        case 0, 1 -> {
          long delay = random.nextBoolean() ? 50 : random.nextLong(200);
          String name = Integer.toString(next++);
          expected.add(new Pending(name, clock.get() + delay, schedule(name, delay)));
        }
        case 2 -> {
          if (!expected.isEmpty()) {
            expected.remove(random.nextInt(expected.size())).timer.cancel(false);
          }
        }
        default -> {
          clock.addAndGet(random.nextInt(20));
          runDue();
          List<Pending> due =
              expected.stream()
                  .filter(pending -> pending.due - clock.get() <= 0)
                  .sorted((a, b) -> Long.signum(a.due - b.due))
                  .toList();
          assertThat(ran).containsExactlyElementsOf(due.stream().map(Pending::name).toList());
          expected.removeAll(due);
          ran.clear();
        }
      }
    }
    assertThat(next).isGreaterThan(9_000);
  }

  @Test
  void itTellsForHowLongItIsNotDue() {
    ScheduledFuture<?> timer = schedule("a", 3_000);
    clock.addAndGet(1_000);
    assertThat(timer.getDelay(TimeUnit.NANOSECONDS)).isEqualTo(2_000);
    assertThat(timer.getDelay(TimeUnit.MICROSECONDS)).isEqualTo(2);
  }
}
