package dev.heddle.backend.helidon;

import dev.heddle.SocketOptions;
import dev.heddle.backend.Sockets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;

/// What Helidon sets on the sockets that it has accepted, which is what our options say, and
/// through which it shows them to us.
final class ConnectionSettings
    extends io.helidon.common.socket.SocketOptions.BuilderBase<
        ConnectionSettings, io.helidon.common.socket.SocketOptions> {
  private final SocketOptions sockets;
  private final Consumer<SocketChannel> accepted;

  /// @param accepted is called on the thread that accepts, before Helidon knows the connection
  ConnectionSettings(SocketOptions sockets, Consumer<SocketChannel> accepted) {
    this.sockets = sockets;
    this.accepted = accepted;
  }

  @Override
  public io.helidon.common.socket.SocketOptions buildPrototype() {
    preBuildPrototype();
    validatePrototype();
    return new Settings(this);
  }

  private static final class Settings extends SocketOptionsImpl {
    private final SocketOptions sockets;
    private final Consumer<SocketChannel> accepted;

    Settings(ConnectionSettings builder) {
      super(builder);
      sockets = builder.sockets;
      accepted = builder.accepted;
    }

    /// In place of all that Helidon would set.
    @Override
    public void configureSocket(SocketChannel channel) {
      try {
        Sockets.configure(channel, sockets);
      } catch (IOException e) {
        throw new UncheckedIOException(
            e); // the peer has left meanwhile: Helidon closes the channel
      }
      accepted.accept(channel);
    }
  }
}
