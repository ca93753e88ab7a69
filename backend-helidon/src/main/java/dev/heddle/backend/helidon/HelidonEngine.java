package dev.heddle.backend.helidon;

import dev.heddle.Backend.Engine;
import dev.heddle.Backend.Listener;
import dev.heddle.ConnectionScope;
import dev.heddle.ServerOptions;
import dev.heddle.backend.JdkPoller;
import io.helidon.common.Version;
import java.io.IOException;
import java.net.SocketAddress;

/// An engine that has no threads of its own: each listener is a web server of Helidon's, and each
/// connection a virtual thread of that server.
final class HelidonEngine implements Engine {
  private final ServerOptions options;

  HelidonEngine(ServerOptions options) {
    this.options = options;
    JdkPoller.start();
  }

  @Override
  public Listener listen(SocketAddress address, ConnectionScope scope) throws IOException {
    return HelidonListener.start(address, options, scope);
  }

  @Override
  public String description() {
    return "Helidon " + Version.VERSION;
  }

  @Override
  public void close() {
    // the threads end with their connections, and the rest with the listeners
  }
}
