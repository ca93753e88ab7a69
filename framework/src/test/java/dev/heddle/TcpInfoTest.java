package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.linux.TcpInfo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// What the kernel tells of connections.
@EnabledOnOs(OS.LINUX)
class TcpInfoTest {
  private static TcpInfo ask(ServerOptions options, String host) throws Exception {
    CompletableFuture<TcpInfo> told = new CompletableFuture<>();
    InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral(host), 0);
    ConnectionHandler handler =
        connection -> {
          connection.input().transferTo(connection.output());
          connection.flush();
          try {
            told.complete(TcpInfo.of(connection.peer()));
          } catch (Throwable e) {
            told.completeExceptionally(e);
          }
        };
    try (Server server = Server.builder().options(options).listen(address, handler).start();
        TestPeer peer = TestPeer.over(SocketChannel.open(server.localAddress()))) {
      peer.write(ByteBuffer.wrap(Bytes.random(1, 10_000)));
      peer.shutdownOutput();
      peer.receive(10_000);
      return told.get(20, TimeUnit.SECONDS);
    }
  }

  private static void check(TcpInfo info) {
    assertThat(info.roundTrip()).isPositive().isLessThan(Duration.ofSeconds(10));
    assertThat(info.roundTripVariance()).isPositive();
    assertThat(info.leastRoundTrip()).isPositive().isLessThan(Duration.ofSeconds(10));
    assertThat(info.retransmissionTimeout()).isBetween(Duration.ofMillis(1), Duration.ofMinutes(2));
    assertThat(info.maximumSegmentSize()).isBetween(500, 1 << 17);
    assertThat(info.congestionWindow()).isPositive();
    assertThat(info.unacknowledged()).isNotNegative();
    assertThat(info.retransmitted()).isNotNegative();
    assertThat(info.notSent()).isZero();
  }

  @OverBackends
  void aConnectionsRoundTripAndWindowAreKnown(TestBackends backend) throws Exception {
    check(ask(backend.options().build(), "127.0.0.1"));
  }

  @OverBackends
  void thoseOfVersionSixToo(TestBackends backend) throws Exception {
    check(ask(backend.options().build(), "::1"));
  }

  @Test
  void aConnectionThatIsNotThereIsNotFound() {
    Peer gone =
        new Peer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 2));
    assertThatThrownBy(() -> TcpInfo.of(gone))
        .isInstanceOf(IOException.class)
        .hasMessage("there is no such connection");
  }

  @Test
  void otherPeersHaveNone() {
    UnixDomainSocketAddress path = UnixDomainSocketAddress.of("/a");
    assertThatThrownBy(() -> TcpInfo.of(new Peer(path, path)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whereNativeAccessIsClosedItSaysHowToOpenIt() throws Exception {
    try (ChildJvm child = ChildJvm.start(List.of(), TcpInfoMain.class)) {
      assertThat(child.line())
          .isEqualTo(
              "TCP_INFO needs native access: start the JVM with"
                  + " --enable-native-access=ALL-UNNAMED");
      assertThat(child.end()).isEmpty();
    }
  }
}
