package dev.heddle;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The deadlines of reading, under a clock that the test moves.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeadlineTest {
  private static final Duration LIMIT = Duration.ofSeconds(3);
  private static final Duration LONG = Duration.ofDays(20);

  private static ServerOptions options(UnaryOperator<ServerOptions.Builder> adjust) {
    return adjust
        .apply(ServerOptions.builder().idleTimeout(Duration.ZERO).writeTimeout(Duration.ZERO))
        .build();
  }

  private static byte read(TestPeer peer) throws IOException {
    return peer.receive(1)[0];
  }

  @Test
  void anIdleConnectionIsClosedWhenItsTimeIsUpAndNotBefore() throws Exception {
    ThreadOf echo = new ThreadOf(c -> c.input().transferTo(c.output()));
    TimedScope timed = new TimedScope(options(o -> o.idleTimeout(LIMIT)), echo);
    try (TestPeer peer = TestPeer.over(timed.connect())) {
      for (int i = 0; i < 3; i++) {
        Blocked.await(echo.get());
        timed.passAlmost(LIMIT);
        peer.send("x");
        assertThat(read(peer)).isEqualTo((byte) 'x');
      }
      Blocked.await(echo.get());
      timed.passAlmost(LIMIT);
      assertThat(timed.isOpen()).isTrue();
      timed.passTheRest();
      assertThat(peer.isAtEnd()).isTrue();
      timed.awaitClosed();
    }
  }

  @Test
  void aDeadlineIsLateByATenthOfTheShortestLimitAtMost() throws Exception {
    ThreadOf echo = new ThreadOf(c -> c.input().transferTo(c.output()));
    TimedScope timed = new TimedScope(options(o -> o.idleTimeout(LIMIT)), echo);
    try (TestPeer peer = TestPeer.over(timed.connect())) {
      Blocked.await(echo.get());
      timed.passAsServersDo(LIMIT.minusMillis(50));
      peer.send("x");
      assertThat(read(peer)).isEqualTo((byte) 'x');
      Blocked.await(echo.get());
      timed.passAsServersDo(LIMIT.plus(LIMIT.dividedBy(10)).plus(TimedScope.LATENESS));
      assertThat(peer.isAtEnd()).isTrue();
      timed.awaitClosed();
    }
  }

  @Test
  void aDeadlineIsNeverEarlyWhereverBetweenTwoSweepsItBegan() throws Exception {
    for (int moment = 0; moment < 50; moment += 7) {
      ThreadOf echo = new ThreadOf(c -> c.input().transferTo(c.output()));
      TimedScope timed = new TimedScope(options(o -> o.idleTimeout(LIMIT)), echo);
      timed.passUnswept(Duration.ofMillis(moment));
      try (TestPeer peer = TestPeer.over(timed.connect())) {
        Blocked.await(echo.get());
        timed.passAlmost(LIMIT);
        peer.send("x");
        assertThat(read(peer)).as("%d ms after a sweep", moment).isEqualTo((byte) 'x');
      }
    }
  }

  @Test
  void aReadPastItsDeadlineThrowsAndKeepsThrowing() throws Exception {
    var handler =
        new TestHandler<>(
            c -> {
              for (int i = 0; i < 3; i++) {
                assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> c.read(ByteBuffer.allocate(1)))
                    .withMessage("nothing came within the time allowed");
              }
              assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(c::fill);
              return true;
            });
    ThreadOf thread = new ThreadOf(handler);
    TimedScope timed = new TimedScope(options(o -> o.idleTimeout(LIMIT)), thread);
    try (TestPeer peer = TestPeer.over(timed.connect())) {
      Blocked.await(thread.get());
      timed.pass(LIMIT);
      timed.passTheRest();
      assertThat(handler.result()).isTrue();
      assertThat(peer.isAtEnd()).isTrue();
    }
  }

  @Test
  void lastWordsMayBeWrittenAfterTheDeadline() throws Exception {
    ThreadOf handler =
        new ThreadOf(
            c -> {
              c.working(LIMIT);
              try {
                c.input().readAllBytes();
              } catch (SocketTimeoutException e) {
                c.output().write("408".getBytes(US_ASCII));
              }
            });
    TimedScope timed = new TimedScope(options(o -> o), handler);
    try (TestPeer peer = TestPeer.over(timed.connect())) {
      peer.send("an unfinished mess");
      Blocked.await(handler.get());
      timed.pass(LIMIT);
      timed.passTheRest();
      assertThat(peer.receiveText(3)).isEqualTo("408");
      assertThat(peer.isAtEnd()).isTrue();
      timed.awaitClosed();
    }
  }

  @Test
  void whoDoesNotEndAfterTheDeadlineIsClosedTwoSecondsLater() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch expired = new CountDownLatch(1);
    ThreadOf handler =
        new ThreadOf(
            c -> {
              c.awaiting(LIMIT);
              try {
                c.input().read();
              } catch (SocketTimeoutException e) {
                c.output().write('!');
                c.flush();
                expired.countDown();
                await(end);
              }
            });
    TimedScope timed = new TimedScope(options(o -> o), handler);
    try (TestPeer peer = TestPeer.over(timed.connect())) {
      Blocked.await(handler.get());
      timed.pass(LIMIT);
      timed.passTheRest();
      expired.await();
      timed.pass(Duration.ofMillis(1800));
      peer.send("not closed");
      timed.pass(Duration.ofMillis(200));
      timed.passTheRest();
      assertThat(read(peer)).isEqualTo((byte) '!');
      assertThat(peer.isAtEnd()).isTrue();
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> peer.send("closed"))
          .withMessage("Broken pipe");
      end.countDown();
      timed.awaitClosed();
    }
  }

  @Test
  void awaitingAndWorkingHaveEachALimit() throws Exception {
    ThreadOf handler =
        new ThreadOf(
            c -> {
              for (; ; ) {
                c.awaiting(LIMIT);
                if (c.input().read() < 0) {
                  return;
                }
                c.working(LIMIT.multipliedBy(2));
                c.input().readNBytes(2);
                c.output().write('.');
              }
            });
    TimedScope timed = new TimedScope(options(o -> o.idleTimeout(Duration.ofMillis(1))), handler);
    try (TestPeer peer = TestPeer.over(timed.connect())) {
      for (int i = 0; i < 3; i++) {
        Blocked.await(handler.get());
        timed.passAlmost(LIMIT);
        peer.send("a");
        awaitRead(timed, 3 * i + 1);
        Blocked.await(handler.get());
        timed.passAlmost(LIMIT.multipliedBy(2));
        peer.send("bc");
        assertThat(read(peer)).isEqualTo((byte) '.');
      }
      peer.send("a");
      awaitRead(timed, 10);
      Blocked.await(handler.get());
      timed.pass(LIMIT.multipliedBy(2));
      timed.passTheRest();
      assertThat(peer.isAtEnd()).isTrue();
    }
  }

  private static void awaitRead(TimedScope timed, long bytes) {
    while (timed.scope.connections().iterator().next().bytesRead() < bytes) {
      Thread.onSpinWait();
    }
  }

  @Test
  void zeroMeansForEver() throws Exception {
    ThreadOf handler =
        new ThreadOf(
            c -> {
              c.input().transferTo(c.output());
            });
    TimedScope timed = new TimedScope(options(o -> o), handler);
    try (TestPeer peer = TestPeer.over(timed.connect())) {
      Blocked.await(handler.get());
      timed.passUnswept(LONG);
      timed.pass(LIMIT);
      peer.send("x");
      assertThat(read(peer)).isEqualTo((byte) 'x');
    }
  }

  @Test
  void aWorkingHandlerThatNamesNoPhaseHasNoDeadline() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    ThreadOf handler =
        new ThreadOf(
            c -> {
              int b = c.input().read();
              await(end);
              c.output().write(b);
            });
    TimedScope timed = new TimedScope(options(o -> o.idleTimeout(LIMIT)), handler);
    try (TestPeer peer = TestPeer.over(timed.connect())) {
      peer.send("x");
      awaitRead(timed, 1);
      Blocked.await(handler.get());
      timed.pass(LIMIT.multipliedBy(10));
      end.countDown();
      assertThat(read(peer)).isEqualTo((byte) 'x');
    }
  }

  @Test
  void aConnectionHandedOnByACodecHasTheIdleTimeoutAgain() throws Exception {
    ThreadOf handler =
        new ThreadOf(
            c -> {
              c.awaiting(Duration.ZERO);
              c.forgetPhases();
              c.input().transferTo(c.output());
            });
    TimedScope timed = new TimedScope(options(o -> o.idleTimeout(LIMIT)), handler);
    try (TestPeer peer = TestPeer.over(timed.connect())) {
      peer.send("x");
      assertThat(read(peer)).isEqualTo((byte) 'x');
      Blocked.await(handler.get());
      timed.pass(LIMIT);
      timed.passTheRest();
      assertThat(peer.isAtEnd()).isTrue();
      timed.awaitClosed();
    }
  }

  @Test
  void aHandlerThatOnlyCountsItsMessagesStillHasAnIdleTimeout() throws Exception {
    ThreadOf handler =
        new ThreadOf(
            c -> {
              while (c.input().read() >= 0) {
                c.countMessage();
                c.output().write('.');
              }
            });
    TimedScope timed = new TimedScope(options(o -> o.idleTimeout(LIMIT)), handler);
    try (TestPeer peer = TestPeer.over(timed.connect())) {
      peer.send("x");
      assertThat(read(peer)).isEqualTo((byte) '.');
      Blocked.await(handler.get());
      timed.pass(LIMIT);
      timed.passTheRest();
      assertThat(peer.isAtEnd()).isTrue();
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
