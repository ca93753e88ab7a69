package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Timeout;

/// The limits of time hold over every engine; how exactly they are held is shown by a clock of the
/// tests' own elsewhere.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TimeLimitsTest {
  private static final Duration LIMIT = Duration.ofMillis(100);

  private static ServerOptions.Builder unlimited(TestBackends backend) {
    return backend.options().idleTimeout(Duration.ZERO).writeTimeout(Duration.ZERO);
  }

  @OverBackends
  void whoIsSilentIsClosed(TestBackends backend) throws Exception {
    var handler = new TestHandler<>(c -> c.input().read());
    try (Server server =
            TestBackends.serve(unlimited(backend).idleTimeout(LIMIT).build(), handler);
        TestPeer peer = TestPeer.connect(server)) {
      assertThat(peer.isAtEnd()).isTrue();
      assertThatThrownBy(handler::result).hasCauseInstanceOf(SocketTimeoutException.class);
    }
  }

  @OverBackends
  void whoTakesNothingIsClosed(TestBackends backend) throws Exception {
    var handler =
        new TestHandler<>(
            c -> {
              for (; ; ) {
                c.write(ByteBuffer.allocate(1_000_000));
              }
            });
    try (Server server =
            TestBackends.serve(unlimited(backend).writeTimeout(LIMIT).build(), handler);
        TestPeer _ = TestPeer.connectNarrow(server.localAddress())) {
      assertThatThrownBy(handler::result).hasCauseInstanceOf(SocketTimeoutException.class);
    }
  }

  @OverBackends
  void noConnectionLastsLongerThanItMay(TestBackends backend) throws Exception {
    var handler =
        new TestHandler<>(
            c -> {
              for (; ; ) {
                c.output().write(c.input().read());
                c.flush();
              }
            });
    try (Server server =
            TestBackends.serve(unlimited(backend).connectionTimeout(LIMIT).build(), handler);
        TestPeer peer = TestPeer.connect(server)) {
      assertThatThrownBy(
              () -> {
                for (; ; ) {
                  peer.send("x");
                  assertThat(peer.receiveText(1)).isEqualTo("x");
                }
              })
          .isInstanceOfAny(IOException.class, AssertionError.class);
      assertThatThrownBy(handler::result).hasCauseInstanceOf(SocketTimeoutException.class);
    }
  }

  @OverBackends
  void aClosingServerServesOnForTheDelay(TestBackends backend) throws Exception {
    CountDownLatch closing = new CountDownLatch(1);
    Observer observer =
        new Observer() {
          @Override
          public void serverClosing(Server server) {
            closing.countDown();
          }
        };
    Server server =
        Server.builder()
            .options(backend.options().drainDelay(Duration.ofHours(1)).build())
            .observer(observer)
            .listen(TestBackends.anyPort(), c -> c.input().transferTo(c.output()))
            .start();
    Thread closer = Thread.ofPlatform().start(server::close);
    closing.await();
    try (TestPeer peer = TestPeer.connect(server)) {
      peer.send("still");
      assertThat(peer.receiveText(5)).isEqualTo("still");
      closer.interrupt();
      closer.join();
      assertThat(peer.isClosedByServer()).isTrue();
    }
  }
}
