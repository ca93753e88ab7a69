package dev.heddle;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/// Every engine with everything that may carry its threads: what the suites run over.
enum TestBackends {
  VIRTUAL("virtual", Carrier.AUTO),
  SELECTOR_LOOP("selector", Carrier.LOOP),
  SELECTOR_SCHEDULER("selector", Carrier.SCHEDULER),
  PLATFORM("platform", Carrier.AUTO),
  POOL("pool", Carrier.AUTO);

  private final String backend;
  private final Carrier carrier;

  TestBackends(String backend, Carrier carrier) {
    this.backend = backend;
    this.carrier = carrier;
  }

  /// Options that choose it, and a grace that keeps failing tests short.
  ServerOptions.Builder options() {
    return ServerOptions.builder()
        .backend(backend)
        .carrier(carrier)
        .grace(Duration.ofMillis(500))
        .threads(this == POOL ? 64 : 0);
  }

  /// As [#options()], with a thread for each of so many connections.
  ServerOptions.Builder optionsFor(int connections) {
    return this == POOL ? options().threads(connections) : options();
  }

  /// As [#options()], with the fewest threads that move bytes, where the engine lets us choose.
  ServerOptions.Builder optionsWithOneLoop() {
    return backend.equals("selector") ? options().loops(1) : options();
  }

  /// Serves a handler on a free port of the loopback interface.
  Server serve(ConnectionHandler handler) throws IOException {
    return serve(options().build(), handler);
  }

  static Server serve(ServerOptions options, ConnectionHandler handler) throws IOException {
    return Server.builder().options(options).listen(anyPort(), handler).start();
  }

  static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }
}
