package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Handlers of the virtual backend that the JDK's poller carries.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PollerCarrierTest {
  private static final String POLLER = "@Read-Poller";

  /// Answers each byte by `P` if the poller carries it, else by `S`.
  private static void tellCarrier(Connection connection) throws Exception {
    while (connection.input().read() >= 0) {
      connection.output().write(isCarriedByPoller() ? 'P' : 'S');
      connection.output().flush();
    }
  }

  private static boolean isCarriedByPoller() {
    return Thread.currentThread().toString().contains(POLLER);
  }

  private static void talkUntilCarriedByPoller(TestPeer peer) throws Exception {
    do {
      peer.send("x");
    } while (!peer.receiveText(1).equals("P"));
  }

  @Test
  void withLittleLoadThePollerCarriesWhoItWakes() throws Exception {
    try (Server server = TestBackends.VIRTUAL_POLLER.serve(new TestHandler<>(c -> tell(c)));
        TestPeer peer = TestPeer.connect(server)) {
      talkUntilCarriedByPoller(peer);
    }
  }

  private static Object tell(Connection connection) throws Exception {
    tellCarrier(connection);
    return connection;
  }

  @Test
  void theSchedulerCarriesAllIfItIsAskedTo() throws Exception {
    try (Server server = TestBackends.VIRTUAL_SCHEDULER.serve(new TestHandler<>(c -> tell(c)));
        TestPeer peer = TestPeer.connect(server)) {
      for (int i = 0; i < 1000; i++) {
        peer.send("x");
        assertThat(peer.receiveText(1)).isEqualTo("S");
      }
    }
  }

  /// The one never waits, and so never leaves the poller; those who wait for it try by themselves.
  @Test
  void aHandlerThatHoldsThePollerHoldsUpNobody() throws Exception {
    AtomicBoolean release = new AtomicBoolean();
    ConnectionHandler handler =
        connection -> {
          for (int read; (read = connection.input().read()) >= 0; ) {
            while (read == 'h' && isCarriedByPoller() && !release.get()) {
              Thread.onSpinWait();
            }
            connection.output().write(isCarriedByPoller() ? 'P' : 'S');
            connection.output().flush();
          }
        };
    try (Server server = TestBackends.VIRTUAL_POLLER.serve(handler);
        TestPeer holding = TestPeer.connect(server);
        TestPeer other = TestPeer.connect(server);
        TestPeer third = TestPeer.connect(server)) {
      talkUntilCarriedByPoller(other);
      talkUntilCarriedByPoller(third);
      talkUntilCarriedByPoller(holding);
      holding.send("h");
      for (int i = 0; i < 20; i++) {
        other.send("x");
        third.send("x");
        assertThat(other.receive(1)).hasSize(1);
        assertThat(third.receive(1)).hasSize(1);
      }
      release.set(true);
      assertThat(holding.receive(1)).hasSize(1);
      holding.send("x");
      assertThat(holding.receive(1)).hasSize(1);
    }
  }
}
