package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Peers that ask for files and do not take them hold nobody up, however many they are: neither a
/// carrier of virtual threads nor a loop waits in the system for one of them.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SlowFilePeersTest {
  private static final int LENGTH = 2_000_000;

  /// More than there are carriers.
  private static final int PEERS = 4 * Runtime.getRuntime().availableProcessors();

  private static final SocketOptions NARROW =
      SocketOptions.builder().sendBuffer(16 * 1024).receiveBuffer(16 * 1024).build();

  @TempDir private Path folder;

  private void assertOthersAreServed(TestBackends backend, ConnectionHandler handler)
      throws Exception {
    ServerOptions options =
        backend.options().sockets(NARROW).writeTimeout(Duration.ZERO).grace(Duration.ZERO).build();
    try (Server server =
        Server.builder()
            .options(options)
            .listen(TestBackends.anyPort(), handler)
            .listen(TestBackends.anyPort(), c -> c.input().transferTo(c.output()))
            .start()) {
      List<TestPeer> idle = new ArrayList<>();
      for (int i = 0; i < PEERS; i++) {
        TestPeer peer = TestPeer.connectNarrow(server.localAddress());
        idle.add(peer);
        peer.send("?");
        assertThat(peer.receive(1000)).containsOnly(7);
      }
      try (TestPeer other = TestPeer.connectNarrow(server.localAddresses().getLast())) {
        other.send("hello");
        assertThat(other.receiveText(5)).isEqualTo("hello");
      }
      assertThat(idle.getLast().receive(LENGTH - 1000)).containsOnly(7);
      for (TestPeer peer : idle) {
        peer.close();
      }
    }
  }

  private FileChannel file() throws IOException {
    byte[] content = new byte[LENGTH];
    Arrays.fill(content, (byte) 7);
    return FileChannel.open(Files.write(folder.resolve("file"), content));
  }

  @OverBackends
  void whoHasAskedForAFile(TestBackends backend) throws Exception {
    try (FileChannel file = file()) {
      assertOthersAreServed(
          backend,
          c -> {
            assertThat(c.input().read()).isEqualTo('?');
            c.writeFile(file, 0, LENGTH);
          });
    }
  }

  @OverBackends
  void whoIsSentAFileBeforeAnythingWasRead(TestBackends backend) throws Exception {
    try (FileChannel file = file()) {
      assertOthersAreServed(backend, c -> c.writeFile(file, 0, LENGTH));
    }
  }
}
