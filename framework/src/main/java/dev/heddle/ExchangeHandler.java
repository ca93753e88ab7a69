package dev.heddle;

import java.io.IOException;

/// A [ConnectionHandler] of a protocol in exchanges, such as HTTP's requests and responses: between
/// two of them it has nothing on the stack. So a connection that waits for its next exchange needs
/// no thread, on an engine that can do without.
///
/// There, exchanges of a connection run one after the other, but not all on the same thread, and a
/// thread may go on with those of another connection: a thread-local is no place for what belongs
/// to one. Each may block as it likes.
///
/// That is so if a server has it for its handler, or a connection is [handed
/// over][Connection#handOver] to it. Called by another handler it serves a connection from its
/// first byte to its last, as any does.
public interface ExchangeHandler extends ConnectionHandler {

  /// Begins to serve a connection. Does not wait for input.
  Exchanges open(Connection connection) throws IOException;

  @Override
  default void handle(Connection connection) throws IOException {
    Exchanges exchanges = open(connection);
    do {
      if (!connection.buffered().hasRemaining()) {
        exchanges.awaiting();
      }
    } while (exchanges.serveNext());
  }

  /// The exchanges of one connection.
  ///
  /// Threading: one thread at a time, each of which sees what the one before has done.
  interface Exchanges {

    /// Has the connection [await][Connection#awaiting] the next exchange: called before
    /// [#serveNext()] when nothing of it has been read. Does not block.
    void awaiting();

    /// Waits for the next exchange, if need be, and deals with it.
    ///
    /// @return false if there is none: the connection is to end, or has been handed over
    /// @throws IOException as [ConnectionHandler#handle]
    boolean serveNext() throws IOException;
  }
}
