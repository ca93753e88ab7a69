package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Timeout;

/// How many connections a server takes.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LimitsTest {

  /// What the server reports, for waiting on.
  private static final class Reports implements Observer {
    final BlockingQueue<Peer> refused = new LinkedBlockingQueue<>();
    final BlockingQueue<Connection> closed = new LinkedBlockingQueue<>();

    @Override
    public void connectionRefused(Peer peer) {
      refused.add(peer);
    }

    @Override
    public void connectionClosed(Connection connection) {
      closed.add(connection);
    }
  }

  private static Server serve(ServerOptions options, Observer observer) throws IOException {
    return Server.builder()
        .options(options)
        .observer(observer)
        .listen(TestBackends.anyPort(), c -> c.input().transferTo(c.output()))
        .start();
  }

  private static TestPeer connectFrom(String address, Server server) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.bind(new InetSocketAddress(address, 0));
    channel.connect(server.localAddress());
    return TestPeer.over(channel);
  }

  private static void assertServed(TestPeer peer) throws IOException {
    peer.send("x");
    assertThat(peer.receiveText(1)).isEqualTo("x");
  }

  private static void assertRefused(TestPeer peer) throws IOException {
    try {
      assertThat(peer.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    } catch (SocketException e) {
      assertThat(e).hasMessage("Connection reset");
    }
  }

  @OverBackends
  void oneOverTheLimitIsClosedAtOnceAndTheOthersStay(TestBackends backend) throws Exception {
    Reports reports = new Reports();
    try (Server server = serve(backend.options().maxConnections(3).build(), reports)) {
      List<TestPeer> served = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        served.add(TestPeer.connect(server));
        assertServed(served.getLast());
      }
      for (int i = 0; i < 4; i++) {
        try (TestPeer refused = TestPeer.connect(server)) {
          assertRefused(refused);
          assertThat(reports.refused.take().remoteInetAddress().isLoopbackAddress()).isTrue();
        }
      }
      assertThat(server.statistics().refused()).isEqualTo(4);
      assertThat(server.statistics().accepted()).isEqualTo(3);
      assertThat(server.statistics().connections()).isEqualTo(3);
      for (TestPeer peer : served) {
        assertServed(peer);
      }

      served.getFirst().close();
      assertThat(reports.closed.take().bytesRead()).isEqualTo(2);
      try (TestPeer next = TestPeer.connect(server)) {
        assertServed(next);
      }
      for (TestPeer peer : served) {
        peer.close();
      }
    }
  }

  @OverBackends
  void anAddressOverItsLimitIsRefusedAndOthersAreServed(TestBackends backend) throws Exception {
    Reports reports = new Reports();
    try (Server server = serve(backend.options().maxConnectionsPerAddress(2).build(), reports);
        TestPeer first = connectFrom("127.0.0.2", server);
        TestPeer second = connectFrom("127.0.0.2", server);
        TestPeer third = connectFrom("127.0.0.2", server);
        TestPeer other = connectFrom("127.0.0.3", server)) {
      assertRefused(third);
      assertServed(first);
      assertServed(second);
      assertServed(other);
      assertThat(reports.refused.take().remoteInetAddress().getHostAddress())
          .isEqualTo("127.0.0.2");
      assertThat(server.statistics().refused()).isEqualTo(1);

      first.shutdownOutput();
      reports.closed.take();
      try (TestPeer next = connectFrom("127.0.0.2", server)) {
        assertServed(next);
      }
    }
  }
}
