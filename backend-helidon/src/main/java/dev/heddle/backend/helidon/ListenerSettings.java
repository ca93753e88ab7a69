package dev.heddle.backend.helidon;

import dev.heddle.ServerOptions;
import dev.heddle.SocketOptions;
import dev.heddle.backend.Sockets;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.function.Consumer;

/// The settings of a web server of Helidon's that does nothing but listen for us, and through which
/// Helidon tells what it listens with.
final class ListenerSettings
    extends WebServerConfig.BuilderBase<ListenerSettings, WebServerConfig> {
  private final Consumer<ServerSocketChannel> listener;
  private SocketOptions sockets = SocketOptions.DEFAULT;

  ListenerSettings(Consumer<ServerSocketChannel> listener) {
    this.listener = listener;
  }

  /// Listens at `address` and leaves every connection to `selector`.
  ListenerSettings hosting(
      SocketAddress address, ServerOptions options, ServerConnectionSelector selector) {
    sockets = options.sockets();
    return shutdownHook(false)
        .protocolsDiscoverServices(false)
        .featuresDiscoverServices(false)
        .useNio(true)
        .writeQueueLength(0) // the writer keeps nothing back
        .bindAddress(address)
        .backlog(options.backlog())
        .shutdownGracePeriod(Duration.ofMillis(Long.MAX_VALUE)) // ours is the server's
        .addConnectionSelector(selector);
  }

  @Override
  public WebServerConfig buildPrototype() {
    preBuildPrototype();
    validatePrototype();
    return new Settings(this);
  }

  private static final class Settings extends WebServerConfigImpl {
    private final Consumer<ServerSocketChannel> listener;
    private final SocketOptions sockets;

    Settings(ListenerSettings builder) {
      super(builder);
      listener = builder.listener;
      sockets = builder.sockets;
    }

    @Override
    public void configureSocket(ServerSocketChannel channel) {
      listener.accept(channel);
      try {
        Sockets.configure(channel, sockets);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
