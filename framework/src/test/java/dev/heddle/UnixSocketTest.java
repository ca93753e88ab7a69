package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of the file of a Unix domain socket.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UnixSocketTest {
  @TempDir Path folder;

  private UnixDomainSocketAddress address() {
    return UnixDomainSocketAddress.of(folder.resolve("socket"));
  }

  private Server serve(TestBackends backend) throws IOException {
    return Server.builder()
        .options(backend.options().build())
        .listen(address(), c -> c.input().transferTo(c.output()))
        .start();
  }

  private void assertServed() throws IOException {
    try (TestPeer peer = TestPeer.over(SocketChannel.open(address()))) {
      peer.send("x");
      assertThat(peer.receiveText(1)).isEqualTo("x");
    }
  }

  private boolean isThere() {
    return Files.exists(address().getPath(), LinkOption.NOFOLLOW_LINKS);
  }

  private void assertRefused(TestBackends backend, String why) {
    assertThatThrownBy(() -> serve(backend))
        .isInstanceOf(BindException.class)
        .hasMessage("unix:" + address() + ": " + why);
  }

  @OverBackends
  void theFileOfAClosedServerIsGone(TestBackends backend) throws Exception {
    try (Server _ = serve(backend)) {
      assertServed();
    }
    assertThat(isThere()).isFalse();
  }

  @OverBackends
  void whatADeadServerLeftIsReplaced(TestBackends backend) throws Exception {
    ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    dead.bind(address()).close();
    assertThat(isThere()).as("the system leaves it").isTrue();
    try (Server _ = serve(backend)) {
      assertServed();
    }
  }

  @OverBackends
  void aSocketThatSomebodyServesIsLeftToHim(TestBackends backend) throws Exception {
    try (Server _ = serve(backend)) {
      assertRefused(
          backend, "another process serves this socket; end that first, or choose another path");
      assertServed();
    }
  }

  /// Its backlog is full, so that a connect that waits would wait for ever.
  @OverBackends
  void aSocketWhoseServerIsBusyIsLeftToIt(TestBackends backend) throws Exception {
    try (ServerSocketChannel busy = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      busy.bind(address(), 1);
      try (SocketChannel first = SocketChannel.open(address());
          SocketChannel second = SocketChannel.open(address())) {
        assertThatThrownBy(() -> serve(backend)).isInstanceOf(BindException.class);
        assertThat(isThere()).isTrue();
        assertThat(first.isConnected() && second.isConnected()).isTrue();
      }
    }
  }

  @OverBackends
  void anythingButASocketIsLeftAlone(TestBackends backend) throws Exception {
    String why = "the file there is not a socket; remove it yourself, or choose another path";
    Files.writeString(address().getPath(), "precious");
    assertRefused(backend, why);
    assertThat(address().getPath()).hasContent("precious");
    Files.delete(address().getPath());

    Files.createSymbolicLink(address().getPath(), folder.resolve("elsewhere"));
    assertRefused(backend, why);
    assertThat(isThere()).isTrue();
    Files.delete(address().getPath());

    Files.createDirectory(address().getPath());
    assertRefused(backend, why);
  }

  @OverBackends
  void theFileOfASuccessorIsLeftAlone(TestBackends backend) throws Exception {
    try (ServerSocketChannel successor = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      try (Server _ = serve(backend)) {
        Files.delete(address().getPath());
        successor.bind(address());
      }
      assertThat(isThere())
          .as("a library that binds removes whatever has the name")
          .isEqualTo(!backend.bindsItself());
    }
  }

  @OverBackends
  void onlyThoseMayConnectWhomThePermissionsName(TestBackends backend) throws Exception {
    Set<PosixFilePermission> group = PosixFilePermissions.fromString("rw-rw----");
    if (backend.bindsItself()) {
      assertPermissionsRefused(backend, group);
      return;
    }
    try (Server server =
        Server.builder()
            .options(backend.options().build())
            .listen(address(), group, c -> c.input().transferTo(c.output()))
            .start()) {
      assertThat(Files.getPosixFilePermissions(address().getPath())).isEqualTo(group);
      assertThat(server.localAddresses()).containsExactly(address());
      assertServed();
    }
    assertThat(isThere()).isFalse();
  }

  private void assertPermissionsRefused(TestBackends backend, Set<PosixFilePermission> permissions)
      throws Exception {
    assertThatThrownBy(
            () ->
                Server.builder()
                    .options(backend.options().build())
                    .listen(address(), permissions, c -> {})
                    .start())
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("the engine can only bind sockets itself");
    assertThat(isThere()).isFalse();
  }

  @OverBackends
  void aDirectoryThatIsMissingIsNamed(TestBackends backend) throws Exception {
    assertThatThrownBy(
            () ->
                Server.builder()
                    .options(backend.options().build())
                    .listen(UnixDomainSocketAddress.of(folder.resolve("no/socket")), c -> {})
                    .start())
        .isInstanceOf(BindException.class)
        .hasMessageEndingWith("there is no directory " + folder.resolve("no") + "; make it first");
  }

  @OverBackends
  void peersHaveNoAddressAndOnlyTheLimitInAllHoldsThem(TestBackends backend) throws Exception {
    BlockingQueue<Peer> peers = new LinkedBlockingQueue<>();
    try (Server _ =
            Server.builder()
                .options(backend.options().maxConnections(2).maxConnectionsPerAddress(1).build())
                .listen(
                    address(),
                    c -> {
                      peers.add(c.peer());
                      c.input().transferTo(c.output());
                    })
                .start();
        TestPeer first = TestPeer.over(SocketChannel.open(address()));
        TestPeer second = TestPeer.over(SocketChannel.open(address()))) {
      for (int i = 0; i < 2; i++) {
        Peer peer = peers.take();
        assertThat(peer).hasToString("unix:");
        assertThat(peer.remoteInetAddress()).isNull();
        assertThat(Peer.format(peer.local())).isEqualTo("unix:" + address());
      }
      try (TestPeer third = TestPeer.over(SocketChannel.open(address()))) {
        assertThat(third.isAtEnd()).isTrue();
      }
      first.send("1");
      second.send("2");
      assertThat(first.receiveText(1) + second.receiveText(1)).isEqualTo("12");
    }
  }

  @OverBackends
  void aClosedServerIsNotThereAnyMore(TestBackends backend) throws Exception {
    serve(backend).close();
    assertThatThrownBy(() -> SocketChannel.open(address()))
        .isInstanceOfAny(ConnectException.class, IOException.class);
    try (Server _ = serve(backend)) {
      assertServed();
    }
  }
}
