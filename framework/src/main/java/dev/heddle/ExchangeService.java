package dev.heddle;

import dev.heddle.ExchangeHandler.Exchanges;
import java.io.IOException;

/// Serves the exchanges of one connection that needs no thread in between.
///
/// Threading: one thread at a time, each of which sees what the one before has done.
final class ExchangeService implements ConnectionHandler, Runnable {
  private final ConnectionScope scope;
  private final Connection connection;
  private final Exchanges exchanges;

  /// Whether the next exchange is awaited: who is called then has something to read.
  private boolean awaited;

  ExchangeService(ConnectionScope scope, Connection connection, Exchanges exchanges) {
    this.scope = scope;
    this.connection = connection;
    this.exchanges = exchanges;
  }

  /// Serves the exchanges that have come, and leaves the connection to itself until there are more.
  @Override
  public void handle(Connection connection) throws IOException {
    while (awaited || connection.buffered().hasRemaining()) {
      awaited = false;
      if (!exchanges.serveNext()) {
        return;
      }
    }
    exchanges.awaiting();
    awaited = true;
    connection.continueWith(this);
  }

  /// Goes on, as there is something to read.
  @Override
  public void run() {
    scope.resume(connection, this);
  }
}
