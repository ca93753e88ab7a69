package dev.heddle.demo.http;

import dev.heddle.Connection;
import dev.heddle.ConnectionHandler;
import java.io.IOException;

/// Counts the connections of a handler.
record CountedConnections(ConnectionHandler handler, Statistics statistics)
    implements ConnectionHandler {
  @Override
  public void handle(Connection connection) throws IOException {
    statistics.opened();
    try {
      handler.handle(connection);
    } finally {
      statistics.closed();
    }
  }
}
