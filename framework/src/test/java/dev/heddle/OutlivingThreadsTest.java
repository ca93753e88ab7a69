package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/// What a handler has started may outlive its server, though it began on a thread of that.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OutlivingThreadsTest {
  private static final int ROUNDS = 100;
  private static final Duration NAP = Duration.ofMillis(300);

  @OverBackends
  void aVirtualThreadGoesOnWhenTheServerHasClosed(TestBackends backend) throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    TestHandler<FutureTask<Integer>> handler =
        new TestHandler<>(
            _ -> {
              FutureTask<Integer> task = new FutureTask<>(() -> outlive(closed));
              Thread.ofVirtual().start(task);
              return task;
            });
    FutureTask<Integer> task;
    try (Server server = backend.serve(handler);
        TestPeer peer = TestPeer.connect(server)) {
      task = handler.result();
      assertThat(peer.isAtEnd()).isTrue();
    }
    closed.countDown();
    assertThat(task.get(20, TimeUnit.SECONDS)).isEqualTo(ROUNDS);
  }

  @OverBackends
  void aVirtualThreadThatSleepsSleepsOnWhenTheServerHasClosed(TestBackends backend)
      throws Exception {
    FutureTask<Duration> task = new FutureTask<>(OutlivingThreadsTest::sleep);
    TestHandler<Thread> handler = new TestHandler<>(_ -> Thread.ofVirtual().start(task));
    try (Server server = backend.serve(handler);
        TestPeer peer = TestPeer.connect(server)) {
      Blocked.await(handler.result());
      assertThat(peer.isAtEnd()).isTrue();
    }
    assertThat(task.get(20, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(NAP.multipliedBy(2));
  }

  /// The first nap is there when the server closes, the second is taken after it.
  private static Duration sleep() throws InterruptedException {
    long start = System.nanoTime();
    Thread.sleep(NAP);
    Thread.sleep(NAP);
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /// Parks and is woken by threads that it starts itself.
  private static int outlive(CountDownLatch closed)
      throws InterruptedException, ExecutionException {
    closed.await();
    int rounds = 0;
    for (int i = 0; i < ROUNDS; i++) {
      FutureTask<Integer> one = new FutureTask<>(() -> 1);
      Thread.ofVirtual().start(one);
      rounds += one.get();
    }
    return rounds;
  }
}
