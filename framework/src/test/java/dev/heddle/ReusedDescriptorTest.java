package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Timeout;

/// The system gives the number of a socket that was closed to the next. Whoever still waited at the
/// first must not take what comes for the second, nor the second's place.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReusedDescriptorTest {
  private static final int PEERS = 50;
  private static final int TIMES = 20;

  private final Queue<Connection> served = new ConcurrentLinkedQueue<>();

  @OverBackends
  void thoseThatOpenWhileOthersAreClosedAreServed(TestBackends backend) throws Exception {
    try (Server server = TestBackends.serve(backend.optionsFor(4 * PEERS).build(), this::echo)) {
      for (int i = 0; i < TIMES; i++) {
        List<TestPeer> before = connect(server);
        exchange(before, "a");
        for (Connection waiting; (waiting = served.poll()) != null; ) {
          waiting.close();
        }
        List<TestPeer> after = connect(server);
        exchange(after, "b");
        exchange(after, "c");
        served.clear();
        for (TestPeer peer : before) {
          peer.close();
        }
        for (TestPeer peer : after) {
          peer.close();
        }
      }
    }
  }

  private void echo(Connection connection) throws IOException {
    served.add(connection);
    for (int read; (read = connection.input().read()) >= 0; ) {
      connection.output().write(read);
      connection.output().flush();
    }
  }

  private static List<TestPeer> connect(Server server) throws IOException {
    List<TestPeer> peers = new ArrayList<>();
    for (int i = 0; i < PEERS; i++) {
      peers.add(TestPeer.connect(server));
    }
    return peers;
  }

  private static void exchange(List<TestPeer> peers, String text) throws IOException {
    for (TestPeer peer : peers) {
      peer.send(text);
    }
    for (TestPeer peer : peers) {
      assertThat(peer.receiveText(1)).isEqualTo(text);
    }
  }
}
