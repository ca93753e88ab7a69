package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.proxy.ProxyProtocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;

/// How often an address may connect.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConnectionRateTest {
  private static final Rate RATE = new Rate(3, Duration.ofHours(1));

  private static boolean isServed(Server server, String from, String header) throws IOException {
    try (SocketChannel channel = SocketChannel.open()) {
      channel.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
      channel.connect(server.localAddress());
      TestPeer peer = TestPeer.over(channel);
      peer.send(header + "x");
      return peer.read(ByteBuffer.allocate(1)) == 1;
    } catch (SocketException e) {
      return false;
    }
  }

  @OverBackends
  void whoConnectsTooOftenIsClosedAtOnce(TestBackends backend) throws Exception {
    ServerOptions options = backend.options().maxConnectionRatePerAddress(RATE).build();
    try (Server server = TestBackends.serve(options, c -> c.input().transferTo(c.output()))) {
      for (int i = 0; i < 6; i++) {
        assertThat(isServed(server, "127.0.0.2", "")).isEqualTo(i < 3);
      }
      assertThat(isServed(server, "127.0.0.3", "")).isTrue();
      assertThat(server.statistics().accepted()).isEqualTo(4);
      assertThat(server.statistics().refused()).isEqualTo(3);
    }
  }

  @OverBackends
  void behindAProxyItIsTheClientsWhoAreHeld(TestBackends backend) throws Exception {
    Networks proxies = Networks.parse("127.0.0.2");
    ServerOptions options =
        backend.options().maxConnectionRatePerAddress(RATE).trustedProxies(proxies).build();
    ConnectionHandler handler =
        ProxyProtocol.of(
            c -> c.input().transferTo(c.output()), ProxyProtocol.Mode.REQUIRED, proxies);
    try (Server server = TestBackends.serve(options, handler)) {
      for (int i = 0; i < 6; i++) {
        assertThat(isServed(server, "127.0.0.2", "PROXY TCP4 192.0.2.1 192.0.2.9 1 2\r\n"))
            .isEqualTo(i < 3);
        assertThat(isServed(server, "127.0.0.2", "PROXY TCP4 192.0.3." + i + " 192.0.2.9 1 2\r\n"))
            .isTrue();
      }
    }
  }
}
