package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The deadlines that close a connection, under a clock that the test moves: stalled writes, whole
/// connections, and peers that linger after the last answer.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CloseDeadlineTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private static ServerOptions.Builder noLimits() {
    return ServerOptions.builder().idleTimeout(Duration.ZERO).writeTimeout(Duration.ZERO);
  }

  @Test
  void aStalledWriteIsEndedWhenItsTimeIsUpAndNotBefore() throws Exception {
    var handler =
        new TestHandler<>(
            c -> {
              try {
                c.write(ByteBuffer.allocate(5000));
                return "written";
              } catch (SocketTimeoutException e) {
                return e.getMessage();
              }
            });
    ThreadOf thread = new ThreadOf(handler);
    TimedScope timed = new TimedScope(ServerOptions.builder().writeTimeout(LIMIT).build(), thread);
    try (TestPeer peer = TestPeer.over(timed.connect())) {
      Blocked.await(thread.get());
      timed.pass(TimedScope.LATENESS); // sees what was accepted at once, and counts from there
      timed.passAlmost(LIMIT);
      Blocked.await(thread.get());
      assertThat(timed.isOpen()).isTrue();
      timed.passTheRest();
      assertThat(handler.result())
          .isEqualTo("the peer has accepted no bytes within the write timeout");
      timed.awaitClosed();
      assertThat(peer.receive(1000)).containsOnly(0);
      assertThat(peer.isAtEnd()).isTrue();
    }
  }

  @Test
  void aWriteThatIsAcceptedInTimeIsNotStalledAndTheNextHasItsOwnTime() throws Exception {
    var handler =
        new TestHandler<>(
            c -> {
              for (int i = 0; i < 4; i++) {
                c.write(ByteBuffer.allocate(2000));
              }
              return c.bytesWritten();
            });
    ThreadOf thread = new ThreadOf(handler);
    TimedScope timed = new TimedScope(ServerOptions.builder().writeTimeout(LIMIT).build(), thread);
    try (TestPeer peer = TestPeer.over(timed.connect())) {
      for (int i = 0; i < 4; i++) {
        Blocked.await(thread.get());
        timed.passAlmost(LIMIT);
        assertThat(peer.receive(i == 0 ? 1500 : 2000)).containsOnly(0);
        awaitWritten(timed, (i + 1) * 2000L, handler);
      }
      assertThat(handler.result()).isEqualTo(8000);
    }
  }

  private static void awaitWritten(TimedScope timed, long bytes, TestHandler<?> handler)
      throws Exception {
    Connection connection = handler.connection();
    while (timed.isOpen() && connection.bytesWritten() < bytes) {
      Thread.onSpinWait();
    }
  }

  @Test
  void timeBetweenWritesIsNoStall() throws Exception {
    ThreadOf echo = new ThreadOf(c -> c.input().transferTo(c.output()));
    TimedScope timed = new TimedScope(noLimits().writeTimeout(LIMIT).build(), echo);
    try (TestPeer peer = TestPeer.over(timed.connect())) {
      for (int i = 0; i < 3; i++) {
        peer.send("x");
        assertThat(peer.receiveText(1)).isEqualTo("x");
        Blocked.await(echo.get());
        timed.pass(LIMIT.multipliedBy(3));
      }
    }
  }

  @Test
  void aConnectionIsClosedWhenItsWholeTimeIsUpHoweverBusyItIs() throws Exception {
    ThreadOf echo = new ThreadOf(c -> c.input().transferTo(c.output()));
    TimedScope timed = new TimedScope(noLimits().connectionTimeout(LIMIT).build(), echo);
    try (TestPeer peer = TestPeer.over(timed.connect())) {
      for (int i = 0; i < 49; i++) {
        peer.send("x");
        assertThat(peer.receiveText(1)).isEqualTo("x");
        timed.pass(Duration.ofMillis(100));
      }
      timed.passAlmost(Duration.ofMillis(100));
      peer.send("x");
      assertThat(peer.receiveText(1)).isEqualTo("x");
      timed.passTheRest();
      assertThat(peer.isAtEnd()).isTrue();
      timed.awaitClosed();
    }
  }

  @Test
  void theTimeForLastWordsDoesNotExtendTheWholeTime() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    ThreadOf stubborn =
        new ThreadOf(
            c -> {
              c.working(LIMIT.minusMillis(500));
              assertThatIOException()
                  .isThrownBy(() -> c.input().read())
                  .isInstanceOf(SocketTimeoutException.class);
              await(end);
            });
    TimedScope timed = new TimedScope(noLimits().connectionTimeout(LIMIT).build(), stubborn);
    try (TestPeer peer = TestPeer.over(timed.connect())) {
      Blocked.await(stubborn.get());
      timed.pass(LIMIT);
      timed.passTheRest();
      assertThatIOException().isThrownBy(() -> peer.send("x")).withMessage("Broken pipe");
      end.countDown();
      timed.awaitClosed();
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void aPeerThatLingersAfterTheLastAnswerIsClosedAfterTwoSeconds() throws Exception {
    TimedScope timed = new TimedScope(noLimits().build(), c -> c.output().write('!'));
    try (TestPeer peer = TestPeer.over(timed.connect())) {
      assertThat(peer.receiveText(1)).isEqualTo("!");
      assertThat(peer.isAtEnd()).isTrue();
      peer.write(ByteBuffer.allocate(100_000));
      timed.passAlmost(Duration.ofSeconds(2));
      peer.write(ByteBuffer.allocate(100_000));
      assertThat(timed.isOpen()).isTrue();
      timed.passTheRest();
      timed.awaitClosed();
      assertThatIOException().isThrownBy(() -> peer.send("x")).withMessage("Broken pipe");
    }
  }

  @Test
  void aPeerThatSendsOnAfterTheLastAnswerIsNotReadForEver() throws Exception {
    TimedScope timed = new TimedScope(noLimits().build(), c -> c.output().write('!'));
    try (TestPeer peer = TestPeer.over(timed.connect())) {
      assertThatIOException()
          .isThrownBy(() -> writeMegabytes(peer, 200))
          .withMessage("Broken pipe");
      timed.awaitClosed();
    }
  }

  private static void writeMegabytes(TestPeer peer, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      peer.write(ByteBuffer.allocate(1_000_000));
    }
  }
}
