package dev.heddle.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RoomCouriersTest {
  private static final long PATIENCE_SECONDS = 30;

  private final RoomCouriers couriers = new RoomCouriers();

  @Test
  void eachMailboxIsEmptiedOnceByFewThreads() throws Exception {
    int count = 10_000;
    AtomicInteger emptied = new AtomicInteger();
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    CountDownLatch done = new CountDownLatch(count);
    Runnable mailbox =
        () -> {
          emptied.incrementAndGet();
          threads.add(Thread.currentThread());
          done.countDown();
        };
    // From a courier, so that they are all there before the next one looks.
    couriers.execute(
        () -> {
          for (int i = 0; i < count; i++) {
            couriers.execute(mailbox);
          }
        });
    assertThat(done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(emptied).hasValue(count);
    assertThat(threads).hasSizeLessThan(count / 10).allMatch(Thread::isVirtual);
  }

  @Test
  void thoseThatWaitHoldUpNobody() throws Exception {
    int slow = 1_000;
    Semaphore release = new Semaphore(0);
    CountDownLatch slowDone = new CountDownLatch(slow);
    for (int i = 0; i < slow; i++) {
      couriers.execute(
          () -> {
            release.acquireUninterruptibly();
            slowDone.countDown();
          });
    }
    CountDownLatch quick = new CountDownLatch(1);
    couriers.execute(quick::countDown);
    assertThat(quick.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(slowDone.getCount()).isEqualTo(slow);
    release.release(slow);
    assertThat(slowDone.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void oneThatFailsHoldsUpNobody() throws Exception {
    CountDownLatch done = new CountDownLatch(100);
    couriers.execute(
        () -> {
          for (int i = 0; i < 100; i++) {
            couriers.execute(
                () -> {
                  done.countDown();
                  throw new QuietException();
                });
          }
        });
    assertThat(done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  /// Ends a thread without a word.
  private static final class QuietException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
