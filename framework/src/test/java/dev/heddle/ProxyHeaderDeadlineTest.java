package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.proxy.ProxyProtocol;
import dev.heddle.proxy.ProxyProtocol.Mode;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How long a header of the PROXY protocol may take.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProxyHeaderDeadlineTest {
  private static final Duration LIMIT = Duration.ofSeconds(3);
  private static final InetSocketAddress PROXY =
      new InetSocketAddress(Networks.parseAddress("192.0.2.7"), 1);

  private final AtomicBoolean served = new AtomicBoolean();

  /// The peer of a connection in memory has no address: it takes that of a proxy.
  private ThreadOf behindProxy() {
    ConnectionHandler echo =
        connection -> {
          served.set(true);
          connection.input().transferTo(connection.output());
        };
    ConnectionHandler handler =
        ProxyProtocol.of(echo, Mode.REQUIRED, Networks.parse("192.0.2.7"), LIMIT);
    return new ThreadOf(
        connection -> {
          connection.introduce(new Peer(PROXY, connection.peer().local()));
          handler.handle(connection);
        });
  }

  @Test
  void aHeaderThatDribblesInEndsTheConnectionInTime() throws Exception {
    ThreadOf handler = behindProxy();
    TimedScope timed = new TimedScope(ServerOptions.DEFAULT, handler);
    try (TestPeer peer = TestPeer.over(timed.connect())) {
      Blocked.await(handler.get());
      timed.passAlmost(LIMIT);
      assertThat(timed.isOpen()).isTrue();
      peer.send("PROXY ");
      Blocked.await(handler.get());
      timed.passTheRest();
      assertThat(peer.isAtEnd()).isTrue();
      timed.awaitClosed();
      assertThat(served).isFalse();
    }
  }

  @Test
  void behindTheHeaderTheTimesAreThoseOfTheHandler() throws Exception {
    ThreadOf handler = behindProxy();
    TimedScope timed =
        new TimedScope(ServerOptions.builder().idleTimeout(LIMIT.multipliedBy(3)).build(), handler);
    try (TestPeer peer = TestPeer.over(timed.connect())) {
      peer.send("PROXY UNKNOWN\r\nx");
      assertThat(peer.receiveText(1)).isEqualTo("x");
      Blocked.await(handler.get());
      timed.pass(LIMIT.multipliedBy(2));
      peer.send("y");
      assertThat(peer.receiveText(1)).isEqualTo("y");
    }
  }

  @Test
  void aClosingServerDoesNotWaitForAHeader() throws Exception {
    ThreadOf handler = behindProxy();
    TimedScope timed = new TimedScope(ServerOptions.DEFAULT, handler);
    try (TestPeer peer = TestPeer.over(timed.connect())) {
      Blocked.await(handler.get());
      timed.scope.drain();
      timed.scope.endInput();
      assertThat(peer.isAtEnd()).isTrue();
      timed.awaitClosed();
      assertThat(served).isFalse();
    }
  }
}
