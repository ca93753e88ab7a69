package dev.heddle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.heddle.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The filters that hold off more than a handler can do.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OverloadTest {
  private static final long MILLI = 1_000_000;

  private final Semaphore begun = new Semaphore(0);
  private final CountDownLatch end = new CountDownLatch(1);

  private final HttpHandler waiting =
      request -> {
        begun.release();
        end.await();
        return Response.text("done");
      };

  private static Response get(HttpHandler handler) throws Exception {
    return handler.handle(Request.of("GET", "/"));
  }

  private static Callable<Integer> asking(HttpHandler handler) {
    return () -> get(handler).status().code();
  }

  @Test
  void moreThanMayAreRefusedAtOnce() throws Exception {
    HttpHandler limited = ConcurrencyLimit.of(waiting, 2);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> first =
          List.of(threads.submit(asking(limited)), threads.submit(asking(limited)));
      begun.acquire(2);
      Response refused = get(limited);
      assertThat(refused.status()).isEqualTo(Status.SERVICE_UNAVAILABLE);
      assertThat(refused.headers().get("Retry-After")).isEqualTo("1");
      end.countDown();
      for (Future<Integer> each : first) {
        assertThat(each.get()).isEqualTo(200);
      }
      assertThat(get(limited).status()).isEqualTo(Status.OK);
    }
  }

  @Test
  void aHandlerThatFailsGivesItsPlaceBack() throws Exception {
    HttpHandler limited =
        ConcurrencyLimit.of(
            request -> {
              throw new IllegalStateException();
            },
            1);
    for (int i = 0; i < 3; i++) {
      try {
        get(limited);
        throw new AssertionError("it was refused");
      } catch (IllegalStateException e) {
        // its own
      }
    }
  }

  @Test
  void someMayWaitForAPlace() throws Exception {
    HttpHandler limited = ConcurrencyLimit.of(waiting, 1, 1, Duration.ofHours(1));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> first = threads.submit(asking(limited));
      begun.acquire();
      List<Future<Integer>> others =
          List.of(threads.submit(asking(limited)), threads.submit(asking(limited)));
      while (others.stream().noneMatch(Future::isDone)) {
        Thread.onSpinWait();
      }
      List<Integer> codes = new ArrayList<>();
      end.countDown();
      for (Future<Integer> each : others) {
        codes.add(each.get());
      }
      assertThat(codes).containsExactlyInAnyOrder(200, 503);
      assertThat(first.get()).isEqualTo(200);
    }
  }

  @Test
  void whoWaitsGivesUpInTime() throws Exception {
    HttpHandler limited = ConcurrencyLimit.of(waiting, 1, 5, Duration.ofMillis(20));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> first = threads.submit(asking(limited));
      begun.acquire();
      assertThat(get(limited).status().code()).isEqualTo(503);
      end.countDown();
      assertThat(first.get()).isEqualTo(200);
    }
  }

  @Test
  void aBurstOfManyIsServedThroughFewPlacesWithoutLosingAWakeUp() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    HttpHandler limited =
        ConcurrencyLimit.of(
            request -> {
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              LockSupport.parkNanos(1_000);
              inside.decrementAndGet();
              return Response.text("");
            },
            3,
            10_000,
            Duration.ofHours(1));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < 5_000; i++) {
        all.add(threads.submit(asking(limited)));
      }
      for (Future<Integer> each : all) {
        assertThat(each.get()).isEqualTo(200);
      }
    }
    assertThat(most.get()).isBetween(1, 3);
  }

  /// Drives a limit for a time, with as many at work as it lets in.
  private static long drive(AdaptiveLimit limit, long from, int windows, long nanos) {
    long now = from;
    for (int i = 0; i < windows * 20; i++) {
      now += AdaptiveLimit.WINDOW_NANOS / 19;
      limit.sample(nanos, limit.current(), now);
    }
    return now;
  }

  @Test
  void theLimitRisesWhileWorkIsQuickAndFallsWhenItIsSlow() {
    AdaptiveLimit limit = new AdaptiveLimit(4, 1000);
    assertThat(limit.current()).isEqualTo(20);
    long now = drive(limit, 0, 50, 10 * MILLI);
    int risen = limit.current();
    assertThat(risen).isBetween(60, 75);
    now = drive(limit, now, 5, 30 * MILLI);
    assertThat(limit.current()).isLessThan(risen * 2 / 3);
    now = drive(limit, now, 100, 30 * MILLI);
    assertThat(limit.current()).isEqualTo(4);
    drive(limit, now, 10, 10 * MILLI);
    assertThat(limit.current()).isGreaterThan(10);
  }

  @Test
  void workThatHasComeToTakeLongerIsTheMeasureInTime() {
    AdaptiveLimit limit = new AdaptiveLimit(4, 100);
    long now = drive(limit, 0, 50, 10 * MILLI);
    now = drive(limit, now, 300, 30 * MILLI);
    assertThat(limit.current()).as("in half a minute").isEqualTo(4);
    drive(limit, now, 700, 30 * MILLI);
    assertThat(limit.current()).as("in a minute and a half").isGreaterThan(20);
  }

  @Test
  void aLimitThatNobodyReachesDoesNotRise() {
    AdaptiveLimit limit = new AdaptiveLimit(4, 1000);
    for (long now = 0; now < 100 * AdaptiveLimit.WINDOW_NANOS; now += MILLI) {
      limit.sample(10 * MILLI, 3, now);
    }
    assertThat(limit.current()).isEqualTo(20);
  }

  @Test
  void theAdaptiveLimitStaysWithinItsBounds() throws Exception {
    AdaptiveLimit limit = new AdaptiveLimit(30, 40);
    assertThat(limit.current()).isEqualTo(30);
    drive(limit, 0, 100, MILLI);
    assertThat(limit.current()).isEqualTo(40);
    assertThat(get(ConcurrencyLimit.adaptive(r -> Response.text(""))).status())
        .isEqualTo(Status.OK);
    assertThatIllegalArgumentException().isThrownBy(() -> ConcurrencyLimit.of(waiting, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> ConcurrencyLimit.adaptive(waiting, 5, 4));
  }

  @Test
  void anAddressThatAsksTooOftenIsToldWhenToComeAgain() throws Exception {
    HttpHandler limited =
        RequestRate.of(r -> Response.text(""), new Rate(2, Duration.ofMinutes(1)));
    assertThat(get(limited).status()).isEqualTo(Status.OK);
    assertThat(get(limited).status()).isEqualTo(Status.OK);
    Response refused = get(limited);
    assertThat(refused.status()).isEqualTo(Status.TOO_MANY_REQUESTS);
    assertThat(refused.headers().get("Retry-After")).isEqualTo("30");
    assertThat(RequestRate.of(waiting, Rate.UNLIMITED)).isSameAs(waiting);
  }

  @Test
  void aHandlerThatTakesTooLongIsInterruptedAndAnsweredFor() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    HttpHandler handler =
        HandlerTimeout.of(
            request -> {
              try {
                new CountDownLatch(1).await();
                return Response.text("");
              } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
              }
            },
            Duration.ofMillis(20));
    assertThat(get(handler).status()).isEqualTo(Status.SERVICE_UNAVAILABLE);
    assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aHandlerThatIgnoresTheInterruptIsStillTooLate() throws Exception {
    HttpHandler handler =
        HandlerTimeout.of(
            request -> {
              while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
              }
              return Response.text("late");
            },
            Duration.ofMillis(5));
    assertThat(get(handler).status()).isEqualTo(Status.SERVICE_UNAVAILABLE);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aHandlerInTimeIsLeftAlone() throws Exception {
    HttpHandler handler = HandlerTimeout.of(r -> Response.text("done"), Duration.ofMillis(1));
    for (int i = 0; i < 2_000; i++) {
      int code = get(handler).status().code();
      assertThat(code).isIn(200, 503);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
    HttpHandler failing =
        HandlerTimeout.of(
            r -> {
              throw new ExecutionException(null);
            },
            Duration.ofHours(1));
    try {
      get(failing);
      throw new AssertionError("no exception");
    } catch (ExecutionException e) {
      assertThat(e).hasNoCause();
    }
  }
}
