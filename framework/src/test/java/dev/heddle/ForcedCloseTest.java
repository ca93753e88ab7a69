package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a server says and counts of the connections that it did not give the time they wanted.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ForcedCloseTest {

  @OverBackends
  void closingTellsHowManyWereCutOff(TestBackends backend) throws Exception {
    CountDownLatch working = new CountDownLatch(2);
    Server server =
        backend.serve(
            c -> {
              c.input().read();
              c.working(Duration.ZERO);
              working.countDown();
              c.input().read(); // nothing comes
            });
    try (TestPeer first = TestPeer.connect(server);
        TestPeer second = TestPeer.connect(server);
        TestPeer awaiting = TestPeer.connect(server)) {
      first.send("x");
      second.send("x");
      working.await();
      while (server.statistics().connections() < 3) {
        Thread.onSpinWait(); // one that is not accepted yet is reset
      }
      assertThat(server.close(Duration.ofMillis(200))).isEqualTo(2);
      assertThat(server.close(Duration.ofHours(1))).isEqualTo(2);
      assertThat(awaiting.isAtEnd()).isTrue();
    }
  }

  @OverBackends
  void closingInTimeCutsOffNone(TestBackends backend) throws Exception {
    Server server = backend.serve(c -> c.input().transferTo(c.output()));
    try (TestPeer peer = TestPeer.connect(server)) {
      peer.send("x");
      assertThat(peer.receiveText(1)).isEqualTo("x");
      assertThat(server.close(Duration.ofSeconds(20))).isZero();
    }
  }

  @Test
  void thoseThatWaitedForAThreadOfThePoolLeaveTheStatistics() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Server server =
        TestBackends.serve(
            TestBackends.valueOf("POOL").options().threads(1).build(),
            _ -> {
              started.countDown();
              awaitWithoutHeed(end);
            });
    try (TestPeer stubborn = TestPeer.connect(server);
        TestPeer waiting = TestPeer.connect(server)) {
      started.await();
      while (server.statistics().connections() < 2) {
        Thread.onSpinWait();
      }
      assertThat(server.close(Duration.ZERO)).isEqualTo(2);
      assertThat(server.statistics().connections()).isEqualTo(1);
      assertThat(server.statistics().refused()).isEqualTo(1);
      end.countDown();
      while (server.statistics().connections() > 0) {
        Thread.onSpinWait();
      }
      assertThat(stubborn.isAtEnd()).isTrue();
      assertThat(waiting.isAtEnd()).isTrue();
    }
  }

  private static void awaitWithoutHeed(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      Thread.onSpinWait();
    }
  }
}
