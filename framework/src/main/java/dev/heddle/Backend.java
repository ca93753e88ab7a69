package dev.heddle;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Set;

/// An I/O engine: how the bytes of a server move, and on which threads its handlers run. Found by
/// name through [java.util.ServiceLoader].
///
/// To write one, supply a [Transport] per connection, take it to the [ConnectionScope], and run it
/// on a thread of its choice. All protocols then work.
public interface Backend {

  /// The name by which it is chosen, such as `selector`: lower case.
  String name();

  /// Which of the options that not every engine has this one understands. A server refuses to start
  /// with an option that its engine would ignore.
  Set<EngineOption> engineOptions();

  /// The loggers of a library beneath, by the beginnings of their names, that inform of what
  /// whoever chose this backend knows, such as that a server starts: a program may show that only
  /// to those who look for faults.
  default Set<String> chattyLoggers() {
    return Set.of();
  }

  /// Starts the engine; listeners come after.
  ///
  /// @throws IOException if the system lacks something, with a message for the person who chose it
  /// @throws IllegalArgumentException if the options contradict each other or this machine
  Engine start(ServerOptions options) throws IOException;

  /// A running engine, which serves any number of listeners.
  interface Engine extends AutoCloseable {

    /// Binds an address and accepts from now on, on threads of the engine.
    ///
    /// @throws IOException if the address can't be bound
    Listener listen(SocketAddress address, ConnectionScope scope) throws IOException;

    /// Accepts on a socket that is bound already, such as one that the process has inherited. The
    /// listener owns it.
    ///
    /// @throws UnsupportedOperationException if the engine can only bind sockets itself
    default Listener listen(ServerSocketChannel channel, ConnectionScope scope) throws IOException {
      throw new UnsupportedOperationException("the engine can only bind sockets itself");
    }

    /// What runs, for the line a server prints at start: `carrier loop, 2 loops`.
    String description();

    /// What its event loops have done, if it has any.
    default List<LoopStatistics> loops() {
      return List.of();
    }

    /// Stops all threads. Connections are closed before. Idempotent.
    @Override
    void close();
  }

  /// A bound address that accepts.
  interface Listener extends AutoCloseable {

    /// The address, with the port that was chosen if it was zero.
    SocketAddress localAddress();

    /// Stops accepting and frees the address; connections stay. Idempotent.
    @Override
    void close();
  }
}
