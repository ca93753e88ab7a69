package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.http.ScriptedTransport;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is counted stays the same while connections leave: each counts once, whoever looks when.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TotalsTest {
  private static final int CONNECTIONS = 2_000;

  private final Totals totals = new Totals();
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final ConnectionScope scope =
      new ConnectionScope(
          _ -> {},
          ServerOptions.DEFAULT,
          new Permits(0, 0),
          new ServerClock(() -> 0),
          totals,
          Observer.NONE);

  @Test
  void whoLeavesWaitsForWhoLooks() throws Exception {
    Connection connection = withOneMessage();
    Thread leaving = Thread.ofPlatform().unstarted(() -> totals.take(connection, open));

    ServerStatistics meanwhile =
        totals.with(
            () -> {
              leaving.start();
              Blocked.await(leaving);
              return open.stream();
            });
    leaving.join();

    assertThat(meanwhile.messages()).isEqualTo(1);
    assertThat(meanwhile.connections()).isEqualTo(1);
    assertThat(open).isEmpty();
    assertThat(totals.with(open::stream).messages()).isEqualTo(1);
  }

  @Test
  void nothingIsLostOrCountedTwiceWhileManyLeave() throws Exception {
    List<Connection> all = Stream.generate(this::withOneMessage).limit(CONNECTIONS).toList();
    Thread leaving = Thread.ofPlatform().start(() -> all.forEach(c -> totals.take(c, open)));

    while (leaving.isAlive()) {
      assertThat(totals.with(open::stream).messages()).isEqualTo(CONNECTIONS);
    }

    ServerStatistics after = totals.with(open::stream);
    assertThat(after.connections()).isZero();
    assertThat(after.messages()).isEqualTo(CONNECTIONS);
  }

  private Connection withOneMessage() {
    Connection connection = scope.admit(new ScriptedTransport());
    connection.countMessage();
    open.add(connection);
    return connection;
  }
}
