package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Helidon's listener ends for good when it can't accept: here, as somebody else has taken the last
/// descriptor between the moment in which there was one and the next accept.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FallenListenerTest {
  private static final int DESCRIPTORS = 400;
  private static final int QUEUE = 300;

  private static ChildJvm start() throws IOException {
    return ChildJvm.startWithDescriptors(DESCRIPTORS, List.of(), FallenListenerMain.class);
  }

  private static void assertEchoes(TestPeer peer, String text) throws IOException {
    peer.send(text);
    assertThat(peer.receiveText(text.length())).isEqualTo(text);
  }

  /// Connects until it is served.
  private static void comeUntilServed(InetSocketAddress address) {
    for (; ; ) {
      try (TestPeer peer = ChildJvm.connect(address)) {
        assertEchoes(peer, "at last");
        return;
      } catch (IOException e) {
        // refused, or sent away as the listener fell
      }
    }
  }

  /// Waits in a queue until the system turns everybody away, as nobody listens any more.
  private static void queueUntilTurnedAway(InetSocketAddress address) throws IOException {
    List<TestPeer> queue = new ArrayList<>();
    assertThatIOException()
        .isThrownBy(
            () -> {
              while (queue.size() < QUEUE) {
                queue.add(ChildJvm.connect(address));
              }
              queue.getLast().isAtEnd();
            })
        .withMessageMatching("Connection (refused|reset)");
    for (TestPeer peer : queue) {
      peer.close();
    }
  }

  @Test
  void openConnectionsAreServedOnAndTheAddressIsListenedOnAgain() throws Exception {
    try (ChildJvm child = start()) {
      InetSocketAddress address = child.address();
      try (TestPeer first = ChildJvm.connect(address);
          TestPeer second = ChildJvm.connect(address)) {
        assertEchoes(second, "warm");
        assertEchoes(first, "t");
        queueUntilTurnedAway(address);
        assertEchoes(first, "still");
        assertEchoes(second, "here");
        assertEchoes(first, "g");
        comeUntilServed(address);
        assertThat(child.errorLine("Helidon's listener had ended"))
            .endsWith("listening on 127.0.0.1:" + address.getPort() + " again");
        assertEchoes(first, "still");
        assertEchoes(second, "here");
        first.shutdownOutput();
        assertThat(first.isAtEnd()).isTrue();
      }
      child.end();
    }
  }

  /// Helidon's accepting thread, which is no daemon, would wait for itself for ever.
  @Test
  void aListenerThatFallsWhileNobodyIsThereLeavesNoThreadBehind() throws Exception {
    Set<Thread> before = accepting();
    try (Server server =
        TestBackends.serve(
            ServerOptions.builder().backend("helidon").build(),
            c -> c.input().transferTo(c.output()))) {
      comeUntilServed(server.localAddress());
      while (server.statistics().connections() > 0) {
        Thread.onSpinWait();
      }
      Set<Thread> fallen = accepting();
      fallen.removeAll(before);
      assertThat(fallen).hasSize(1);
      for (Thread thread : fallen) {
        thread.interrupt(); // so that accepting fails
        thread.join();
      }
      comeUntilServed(server.localAddress());
    }
  }

  private static Set<Thread> accepting() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("server-.*-listener"))
        .collect(Collectors.toCollection(HashSet::new));
  }
}
