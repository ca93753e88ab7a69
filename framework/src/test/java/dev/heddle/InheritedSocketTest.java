package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A process that is started with a listening socket as its standard input, as systemd and inetd
/// start them.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InheritedSocketTest {

  /// The parent listens on a free port, and says on which; or on a path.
  private static final String INET =
      """
      use Socket;
      socket(S, PF_INET, SOCK_STREAM, 0) or die;
      bind(S, sockaddr_in(0, INADDR_LOOPBACK)) or die;
      listen(S, 16) or die;
      open(STDIN, "<&S") or die;
      exec @ARGV;
      """;

  private static final String UNIX =
      """
      use Socket;
      socket(S, PF_UNIX, SOCK_STREAM, 0) or die;
      bind(S, sockaddr_un(shift @ARGV)) or die;
      listen(S, 16) or die;
      open(STDIN, "<&S") or die;
      exec @ARGV;
      """;

  @TempDir Path folder;

  @OverBackends
  void aListeningSocketIsTakenOver(TestBackends backend) throws Exception {
    List<String> parent = List.of("perl", "-e", INET);
    try (ChildJvm child =
        ChildJvm.start(parent, ChildJvm.OPENS, ListenMain.class, backend.name(), "inherited")) {
      if (backend.bindsItself()) {
        assertThat(child.line()).isEqualTo("the engine can only bind sockets itself");
        return;
      }
      InetSocketAddress address = child.address();
      for (int i = 0; i < 3; i++) {
        try (TestPeer peer = ChildJvm.connect(address)) {
          assertThat(peer.receiveText(10).strip()).isEqualTo(child.name());
        }
      }
    }
  }

  @OverBackends
  void aListeningUnixDomainSocketIsTakenOver(TestBackends backend) throws Exception {
    Path path = folder.resolve("socket");
    List<String> parent = List.of("perl", "-e", UNIX, path.toString());
    try (ChildJvm child =
        ChildJvm.start(parent, ChildJvm.OPENS, ListenMain.class, backend.name(), "inherited")) {
      if (backend.bindsItself()) {
        assertThat(child.line()).isEqualTo("the engine can only bind sockets itself");
        return;
      }
      assertThat(child.line()).isEqualTo("unix:" + path);
      try (TestPeer peer =
          TestPeer.over(SocketChannel.open(UnixDomainSocketAddress.of(path.toString())))) {
        assertThat(peer.receiveText(10).strip()).isEqualTo(child.name());
      }
    }
    assertThat(path).as("it is its owner's to remove").exists();
  }
}
