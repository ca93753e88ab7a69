package dev.heddle.backend.helidon;

import dev.heddle.SocketOptions;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Consumer;
import jdk.net.ExtendedSocketOptions;

/// What Helidon sets on the sockets that it has accepted, and through which it shows them to us.
final class ConnectionSettings
    extends io.helidon.common.socket.SocketOptions.BuilderBase<
        ConnectionSettings, io.helidon.common.socket.SocketOptions> {
  private final Consumer<SocketChannel> accepted;

  /// @param accepted is called on the thread that accepts, before Helidon knows the connection
  ConnectionSettings(Consumer<SocketChannel> accepted) {
    this.accepted = accepted;
  }

  /// Sets what our options say, and nothing that Helidon sets by itself.
  ConnectionSettings with(SocketOptions options) {
    tcpNoDelay(options.noDelay());
    socketKeepAlive(options.keepAlive());
    if (options.quickAck()) {
      putSocketOption(ExtendedSocketOptions.TCP_QUICKACK, true);
    }
    if (options.keepAlive()) {
      putSeconds(ExtendedSocketOptions.TCP_KEEPIDLE, options.keepIdle());
      putSeconds(ExtendedSocketOptions.TCP_KEEPINTERVAL, options.keepInterval());
      if (options.keepCount() > 0) {
        putSocketOption(ExtendedSocketOptions.TCP_KEEPCOUNT, options.keepCount());
      }
    }
    if (options.sendBuffer() > 0) {
      putSocketOption(StandardSocketOptions.SO_SNDBUF, options.sendBuffer());
    }
    return this;
  }

  private void putSeconds(SocketOption<Integer> option, Duration value) {
    if (!value.isZero()) {
      putSocketOption(option, (int) value.toSeconds());
    }
  }

  @Override
  public io.helidon.common.socket.SocketOptions buildPrototype() {
    preBuildPrototype();
    validatePrototype();
    return new Settings(this);
  }

  private static final class Settings extends SocketOptionsImpl {
    private final Consumer<SocketChannel> accepted;

    Settings(ConnectionSettings builder) {
      super(builder);
      accepted = builder.accepted;
    }

    @Override
    public void configureSocket(SocketChannel channel) {
      super.configureSocket(channel);
      accepted.accept(channel);
    }
  }
}
