package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Timeout;

/// A server whose process has no descriptor left serves on, and accepts again when it has some.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DescriptorExhaustionTest {
  private static final int DESCRIPTORS = 80;
  private static final int CONNECTIONS = 100;

  private static void assertEchoes(TestPeer peer) throws IOException {
    peer.send("x");
    assertThat(peer.receiveText(1)).isEqualTo("x");
  }

  @OverBackends
  void openConnectionsAreServedAndTheListenerRecovers(TestBackends backend) throws Exception {
    try (ChildJvm child =
        ChildJvm.startWithDescriptors(
            DESCRIPTORS, ChildJvm.OPENS, EchoMain.class, backend.name())) {
      InetSocketAddress address = child.address();
      child.line();
      try (TestPeer warmUp = ChildJvm.connect(address)) {
        assertEchoes(warmUp);
      }
      long begin = System.nanoTime();
      Deque<TestPeer> peers = new ArrayDeque<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        peers.add(ChildJvm.connect(address));
      }
      assertThat(child.line()).isEqualTo("exhausted");
      for (int i = 0; i < 10; i++) {
        assertEchoes(peers.getFirst());
      }

      peers.getLast().send("patience");
      for (int i = 0; i < 60; i++) {
        peers.removeFirst().close();
      }
      assertThat(peers.getLast().receiveText(8)).isEqualTo("patience");
      for (TestPeer peer : peers) {
        assertEchoes(peer);
        peer.close();
      }
      try (TestPeer late = ChildJvm.connect(address)) {
        assertEchoes(late);
      }
      long seconds = (System.nanoTime() - begin) / 1_000_000_000;
      List<String> log = child.end().stream().filter(l -> l.contains("can't accept on")).toList();
      assertThat(log).hasSizeBetween(1, 2 + (int) seconds);
      assertThat(log.getFirst()).contains("Too many open files").contains("127.0.0.1:");
    }
  }
}
