package dev.heddle.backend.helidon;

import dev.heddle.ConnectionScope;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;

/// What Helidon takes for the protocol of a connection: our scope, from its first byte to its last.
final class HostedConnection implements ServerConnection {
  private final ConnectionContext context;
  private final ConnectionScope scope;
  private final HostedServer server;
  private final Reception.Arrival arrival;

  HostedConnection(ConnectionContext context, ConnectionScope scope, HostedServer server) {
    this.context = context;
    this.scope = scope;
    this.server = server;
    this.arrival = Reception.claim();
  }

  /// @param limit of requests, which Helidon's own protocols hold
  @Override
  public void handle(Limit limit) {
    arrival.transport().open(context.dataReader(), context.dataWriter());
    scope.run(arrival.connection());
    var _ = Thread.interrupted(); // whoever interrupted the handler meant no more than that
    server.connectionEnded();
  }

  /// Never idle in Helidon's eyes: deadlines are held by the scope.
  @Override
  public Duration idleTime() {
    return Duration.ZERO;
  }

  @Override
  public void close(boolean interrupt) {
    server.connectionEndedByHelidon();
  }
}
