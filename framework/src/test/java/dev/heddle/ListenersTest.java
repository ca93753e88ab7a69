package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Where a server listens.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ListenersTest {

  @ParameterizedTest
  @EnumSource
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

  @ParameterizedTest
  @EnumSource
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

  @ParameterizedTest
  @EnumSource
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
          .withMessageContaining("Address already in use");
    }
  }

  @ParameterizedTest
  @EnumSource
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

  @Test
  void aServerWithoutAListenerIsRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Server.builder().start())
        .withMessage("no listener: call listen(...) before start()");
  }
}
