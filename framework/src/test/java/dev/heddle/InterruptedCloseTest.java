package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/// An interrupt cuts the grace of a closing server short, and nothing else.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InterruptedCloseTest {

  /// The thread that accepts has a connection in hand until it is let go.
  @OverBackends
  void theListenerHasStoppedWhenCloseReturns(TestBackends backend) throws Exception {
    CountDownLatch inHand = new CountDownLatch(1);
    CountDownLatch letGo = new CountDownLatch(1);
    Observer observer =
        new Observer() {
          @Override
          public void connectionRefused(Peer peer) {
            inHand.countDown();
            awaitQuietly(letGo);
          }
        };
    try (Server server =
            Server.builder()
                .options(backend.options().maxConnections(1).build())
                .observer(observer)
                .listen(TestBackends.anyPort(), c -> c.input().transferTo(c.output()))
                .start();
        TestPeer first = TestPeer.connect(server)) {
      first.send("x");
      assertThat(first.receiveText(1)).isEqualTo("x");
      try (TestPeer _ = TestPeer.connect(server)) {
        inHand.await();
        FutureTask<Boolean> close =
            new FutureTask<>(
                () -> {
                  Thread.currentThread().interrupt();
                  server.close(Duration.ofMillis(500));
                  return letGo.getCount() == 0 && Thread.interrupted();
                });
        Thread closer = Thread.ofPlatform().start(close);
        while (closer.isAlive() && closer.getState() != Thread.State.TIMED_WAITING) {
          Thread.onSpinWait();
        }
        letGo.countDown();
        assertThat(close.get(20, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
