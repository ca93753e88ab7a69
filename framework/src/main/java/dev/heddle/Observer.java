package dev.heddle;

import java.io.IOException;
import java.time.Duration;

/// Is told what happens on a server, for counters, logs and events. Every method does nothing
/// unless overridden.
///
/// Threading: called by whichever thread the thing happened on, many at once; must neither block
/// nor throw.
public interface Observer {
  /// An observer that ignores everything.
  Observer NONE = new Observer() {};

  /// A connection was admitted and its handler is about to start. On the connection's own thread.
  default void connectionOpened(Connection connection) {}

  /// A connection has ended and its socket is closed. On the connection's own thread.
  default void connectionClosed(Connection connection) {}

  /// A connection was closed at once: it was over a limit, or no thread could be had for it.
  default void connectionRefused(Peer peer) {}

  /// A handler threw something other than an [IOException]. On the connection's own thread.
  default void handlerFailed(Connection connection, Throwable cause) {}

  /// The listener could not accept a connection; it goes on trying.
  default void acceptFailed(IOException cause) {}

  /// A handler has held an event loop, and so all its other connections, for a while.
  default void loopStalled(String loop, Duration since) {}
}
