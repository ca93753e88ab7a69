package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Where a server listens.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ListenersTest {

  @OverBackends
  void severalListenersServeEachItsOwnHandler(TestBackends backend) throws Exception {
    try (Server server =
        Server.builder()
            .options(backend.options().build())
            .listen(TestBackends.anyPort(), c -> c.output().write('1'))
            .listen(TestBackends.anyPort(), c -> c.output().write('2'))
            .listen(TestBackends.anyPort(), c -> c.output().write('3'))
            .start()) {
      StringBuilder heard = new StringBuilder();
      for (SocketAddress address : server.localAddresses()) {
        try (TestPeer peer = TestPeer.over(SocketChannel.open(address))) {
          heard.append(peer.receiveText(1));
          assertThat(peer.isAtEnd()).isTrue();
        }
      }
      assertThat(heard).hasToString("123");
      assertThat(server.statistics().accepted()).isEqualTo(3);
    }
  }

  @OverBackends
  void aUnixDomainSocketIsServedToo(TestBackends backend, @TempDir Path folder) throws Exception {
    SocketAddress address = UnixDomainSocketAddress.of(folder.resolve("socket"));
    try (Server server =
        Server.builder()
            .options(backend.options().maxConnectionsPerAddress(1).build())
            .listen(address, c -> c.input().transferTo(c.output()))
            .start()) {
      assertThat(server.localAddresses()).containsExactly(address);
      assertThatIllegalStateException()
          .isThrownBy(server::localAddress)
          .withMessage("the first listener has no IP address: see localAddresses()");
      try (TestPeer peer = TestPeer.over(SocketChannel.open(address));
          TestPeer second = TestPeer.over(SocketChannel.open(address))) {
        peer.send("near");
        assertThat(peer.receiveText(4)).isEqualTo("near");
        second.send("too");
        assertThat(second.receiveText(3)).isEqualTo("too");
      }
    }
  }

  @OverBackends
  void aTakenPortIsRefused(TestBackends backend) throws Exception {
    try (Server first = backend.serve(c -> {})) {
      assertThatIOException()
          .isThrownBy(
              () ->
                  Server.builder()
                      .options(backend.options().build())
                      .listen(TestBackends.anyPort(), c -> {})
                      .listen(first.localAddress(), c -> {})
                      .start())
          .withMessage(Peer.format(first.localAddress()) + ": Address already in use");
    }
  }

  @OverBackends
  void aClosedServerFreesItsPortAtOnce(TestBackends backend) throws Exception {
    Server first = backend.serve(c -> c.input().transferTo(c.output()));
    InetSocketAddress address = first.localAddress();
    try (TestPeer peer = TestPeer.connect(first)) {
      peer.send("x");
      assertThat(peer.receiveText(1)).isEqualTo("x");
      first.close();
      first.join();
      try (Server second =
              Server.builder()
                  .options(backend.options().build())
                  .listen(address, c -> c.output().write('2'))
                  .start();
          TestPeer again = TestPeer.connect(second)) {
        assertThat(again.receiveText(1)).isEqualTo("2");
      }
    }
  }

  /// What the JDK binds to `::` hears both, and shows peers of IPv4 as such.
  @OverBackends
  void allAddressesOfIpv6AreThoseOfIpv4Too(TestBackends backend) throws Exception {
    BlockingQueue<Peer> peers = new LinkedBlockingQueue<>();
    try (Server server =
        Server.builder()
            .options(backend.options().build())
            .listen(new InetSocketAddress(InetAddress.ofLiteral("::"), 0), c -> peers.add(c.peer()))
            .start()) {
      int port = server.localAddress().getPort();
      assertThat(Peer.format(server.localAddress())).endsWith("]:" + port);
      for (String host : List.of("127.0.0.1", "::1")) {
        try (TestPeer peer =
            TestPeer.over(
                SocketChannel.open(new InetSocketAddress(InetAddress.ofLiteral(host), port)))) {
          assertThat(peer.isAtEnd()).isTrue();
        }
      }
      assertThat(peers.take().toString()).startsWith("127.0.0.1:");
      assertThat(peers.take().toString()).startsWith("[0:0:0:0:0:0:0:1]:");
    }
  }

  @OverBackends
  void anAddressOfIpv6AloneIsNotThatOfIpv4(TestBackends backend) throws Exception {
    try (Server server =
        Server.builder()
            .options(backend.options().build())
            .listen(new InetSocketAddress(InetAddress.ofLiteral("::1"), 0), c -> {})
            .start()) {
      InetSocketAddress ipv4 =
          new InetSocketAddress(
              TestBackends.anyPort().getAddress(), server.localAddress().getPort());
      assertThatIOException().isThrownBy(() -> SocketChannel.open(ipv4));
    }
  }

  @Test
  void aServerWithoutAListenerIsRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Server.builder().start())
        .withMessage("no listener: call listen(...) before start()");
  }
}
