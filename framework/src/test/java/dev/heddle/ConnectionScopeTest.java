package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.http.ScriptedTransport;
import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap.KeySetView;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// In which order a connection that ends is let go: whoever no longer sees it can have its place.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConnectionScopeTest {
  private final Permits permits = new Permits(1, 1);
  private final ConnectionScope scope =
      new ConnectionScope(
          c -> {},
          ServerOptions.DEFAULT,
          permits,
          new ServerClock(() -> 0),
          new Totals(),
          Observer.NONE);

  @Test
  void oneThatHasRunGivesItsPermitBackBeforeItIsSeenNoMore() throws Exception {
    assertThatItsPermitIsFreeWhileItIsSeen(scope::run);
  }

  @Test
  void oneThatIsAbandonedGivesItsPermitBackBeforeItIsSeenNoMore() throws Exception {
    assertThatItsPermitIsFreeWhileItIsSeen(scope::abandon);
  }

  /// Holds the connection's entry among those that are open, so that whoever removes it waits.
  private void assertThatItsPermitIsFreeWhileItIsSeen(Consumer<Connection> end) throws Exception {
    Connection connection = scope.admit(new ScriptedTransport());
    InetAddress address = InetAddress.getLoopbackAddress();
    assertThat(permits.acquire(address)).as("there is one, and it is held").isFalse();
    Thread leaving = Thread.ofPlatform().unstarted(() -> end.accept(connection));
    ((KeySetView<Connection, ?>) scope.connections())
        .getMap()
        .computeIfPresent(
            connection,
            (_, entry) -> {
              leaving.start();
              Blocked.await(leaving);
              assertThat(scope.connections()).containsExactly(connection);
              assertThat(permits.acquire(address)).isTrue();
              return entry;
            });
    leaving.join();
    assertThat(scope.connections()).isEmpty();
    assertThat(permits.held()).isEqualTo(1);
  }
}
