package dev.heddle;

import java.io.IOException;

/// What a server does with a connection, in plain blocking style. Every protocol is one of these.
///
/// A handler runs on a thread of its own (a virtual thread, unless the backend is one of platform
/// threads), and so may block as it likes: sleep, lock, call a database, read and write. One whose
/// connections need no thread between two messages is an [ExchangeHandler].
@FunctionalInterface
public interface ConnectionHandler {

  /// Serves one connection from its first byte to its last. Returning ends the connection: what is
  /// still buffered is sent, the peer is told that no more will come, and the socket is closed.
  ///
  /// @param connection is owned by the calling thread until this method returns
  /// @throws IOException if the network or the peer failed: the connection is closed, and nothing
  ///   above debug level is logged. Any other exception is the handler's own fault: the connection
  ///   is closed, and the exception logged.
  void handle(Connection connection) throws IOException;
}
