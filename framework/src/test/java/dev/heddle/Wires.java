package dev.heddle;

import dev.heddle.tls.TestTls;
import dev.heddle.tls.Tls;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/// What a [Connection] may stand on: every engine, over a socket, and the pipe in memory, each in
/// the clear and within TLS. The contract of [Transport] is tested over each.
///
/// @param engine the name of one of [TestBackends], or [#IN_MEMORY]
record Wires(String engine, boolean isTls) {
  private static final String IN_MEMORY = "IN_MEMORY";

  /// The pipe is not an engine of its own: it is left out where engines are named.
  static Wires[] values() {
    Stream<String> engines = Stream.of(TestBackends.values()).map(TestBackends::name);
    List<String> all =
        (TestBackends.areNamed() ? engines : Stream.concat(Stream.of(IN_MEMORY), engines)).toList();
    return Stream.of(false, true)
        .flatMap(tls -> all.stream().map(engine -> new Wires(engine, tls)))
        .toArray(Wires[]::new);
  }

  /// The server's side of TLS, and the JDK's client that trusts it.
  private static final class Secure {
    static final Tls SERVER = server();
    static final SSLContext CLIENT = TestTls.client();

    private static Tls server() {
      try {
        return TestTls.server().build();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private ConnectionHandler secured(ConnectionHandler handler) {
    return isTls ? Secure.SERVER.secure(handler) : handler;
  }

  /// A connection with the test's end in hand and the handler on the other; closing it closes all.
  record Wire(TestPeer peer, Runnable closeServer) implements Closeable {
    @Override
    public void close() throws IOException {
      peer.close();
      closeServer.run();
    }
  }

  /// Whether a handler may have a thread of its own behind another.
  boolean hasThreadsToSpare() {
    return engine.startsWith("VIRTUAL") || engine.startsWith("SELECTOR");
  }

  Wire open(ConnectionHandler handler) throws IOException {
    return open(handler, options -> options);
  }

  @Override
  public String toString() {
    return isTls ? "TLS_" + engine : engine;
  }

  /// Opens a connection whose buffers on the way are small.
  Wire open(ConnectionHandler handler, UnaryOperator<ServerOptions.Builder> adjust)
      throws IOException {
    if (engine.equals(IN_MEMORY)) {
      return openInMemory(secured(handler), adjust.apply(ServerOptions.builder()).build());
    }
    SocketOptions narrow =
        SocketOptions.builder().sendBuffer(16 * 1024).receiveBuffer(16 * 1024).build();
    ServerOptions.Builder options = TestBackends.valueOf(engine).options().sockets(narrow);
    Server server = TestBackends.serve(adjust.apply(options).build(), secured(handler));
    try {
      TestPeer peer =
          isTls
              ? TestPeer.connectNarrow(server.localAddress(), Secure.CLIENT)
              : TestPeer.connectNarrow(server.localAddress());
      return new Wire(peer, server::close);
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  private Wire openInMemory(ConnectionHandler handler, ServerOptions options) throws IOException {
    ServerClock clock = new ServerClock(System::nanoTime);
    ConnectionScope scope =
        new ConnectionScope(
            handler, options, new Permits(0, 0), clock, new Totals(), Observer.NONE);
    Sweeper sweeper = new Sweeper(clock, List.of(scope));
    sweeper.start();
    InMemoryTransport.Pair pair = InMemoryTransport.pair(16 * 1024);
    Connection connection = scope.admit(pair.server());
    Thread.ofVirtual().start(() -> scope.run(connection));
    TestPeer peer =
        isTls
            ? TestPeer.over(TestTls.connect(pair.client(), Secure.CLIENT), pair.client()::reset)
            : TestPeer.over(pair.client());
    return new Wire(peer, sweeper::close);
  }
}
