package dev.heddle;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/// What a [Connection] may stand on: every engine, over a socket, and the pipe in memory. The
/// contract of [Transport] is tested over each.
enum Wires {
  IN_MEMORY,
  VIRTUAL,
  SELECTOR_LOOP,
  SELECTOR_SCHEDULER,
  PLATFORM,
  POOL;

  /// A connection with the test's end in hand and the handler on the other; closing it closes all.
  record Wire(TestPeer peer, Runnable closeServer) implements Closeable {
    @Override
    public void close() throws IOException {
      peer.close();
      closeServer.run();
    }
  }

  Wire open(ConnectionHandler handler) throws IOException {
    return open(handler, options -> options);
  }

  /// Opens a connection whose buffers on the way are small.
  Wire open(ConnectionHandler handler, UnaryOperator<ServerOptions.Builder> adjust)
      throws IOException {
    if (this == IN_MEMORY) {
      return openInMemory(handler, adjust.apply(ServerOptions.builder()).build());
    }
    SocketOptions narrow =
        SocketOptions.builder().sendBuffer(16 * 1024).receiveBuffer(16 * 1024).build();
    ServerOptions.Builder options = TestBackends.valueOf(name()).options().sockets(narrow);
    Server server = TestBackends.serve(adjust.apply(options).build(), handler);
    try {
      return new Wire(TestPeer.connectNarrow(server.localAddress()), server::close);
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  private static Wire openInMemory(ConnectionHandler handler, ServerOptions options) {
    ServerClock clock = new ServerClock(System::nanoTime);
    ConnectionScope scope =
        new ConnectionScope(
            handler, options, new Permits(0, 0), clock, new Totals(), Observer.NONE);
    Sweeper sweeper = new Sweeper(clock, List.of(scope));
    sweeper.start();
    InMemoryTransport.Pair pair = InMemoryTransport.pair(16 * 1024);
    Connection connection = scope.admit(pair.server());
    Thread.ofVirtual().start(() -> scope.run(connection));
    return new Wire(TestPeer.over(pair.client()), sweeper::close);
  }
}
