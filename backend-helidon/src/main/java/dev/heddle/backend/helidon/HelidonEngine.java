package dev.heddle.backend.helidon;

import dev.heddle.Backend.Engine;
import dev.heddle.Backend.Listener;
import dev.heddle.ConnectionScope;
import dev.heddle.ServerOptions;
import io.helidon.common.Version;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/// An engine that has no threads of its own: each listener is a web server of Helidon's, and each
/// connection a virtual thread of that server.
final class HelidonEngine implements Engine {
  private final ServerOptions options;

  HelidonEngine(ServerOptions options) {
    this.options = options;
    loadEarly();
  }

  /// Loads what would fail for good if it were first needed when no descriptor is left: the JDK's
  /// poller, for which every virtual thread waits, and the file of time zones, which loggers open.
  private static void loadEarly() {
    try {
      Class.forName("sun.nio.ch.Poller", true, null);
    } catch (ClassNotFoundException e) {
      // a JDK that waits in another way
    }
    var _ = ZonedDateTime.now(ZoneId.systemDefault());
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
