package dev.heddle.backend;

import dev.heddle.SocketOptions;
import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;

/// Sets socket options. Those that a kind of socket does not have, such as TCP_NODELAY on a Unix
/// domain socket, are passed over.
public final class Sockets {
  private Sockets() {}

  /// Before it is bound: what a listener needs, and what its connections inherit.
  public static void configure(ServerSocketChannel listener, SocketOptions options)
      throws IOException {
    set(listener, StandardSocketOptions.SO_REUSEADDR, options.reuseAddress());
    if (options.reusePort()) {
      set(listener, StandardSocketOptions.SO_REUSEPORT, true);
    }
    if (options.receiveBuffer() > 0) {
      set(listener, StandardSocketOptions.SO_RCVBUF, options.receiveBuffer());
    }
  }

  /// After it was accepted.
  public static void configure(SocketChannel connection, SocketOptions options) throws IOException {
    if (options.noDelay()) {
      set(connection, StandardSocketOptions.TCP_NODELAY, true);
    }
    if (options.quickAck()) {
      set(connection, ExtendedSocketOptions.TCP_QUICKACK, true);
    }
    if (options.keepAlive()) {
      set(connection, StandardSocketOptions.SO_KEEPALIVE, true);
      setSeconds(connection, ExtendedSocketOptions.TCP_KEEPIDLE, options.keepIdle());
      setSeconds(connection, ExtendedSocketOptions.TCP_KEEPINTERVAL, options.keepInterval());
      if (options.keepCount() > 0) {
        set(connection, ExtendedSocketOptions.TCP_KEEPCOUNT, options.keepCount());
      }
    }
    if (options.sendBuffer() > 0) {
      set(connection, StandardSocketOptions.SO_SNDBUF, options.sendBuffer());
    }
  }

  private static void setSeconds(
      NetworkChannel channel, SocketOption<Integer> option, Duration value) throws IOException {
    if (!value.isZero()) {
      set(channel, option, (int) value.toSeconds());
    }
  }

  private static <T> void set(NetworkChannel channel, SocketOption<T> option, T value)
      throws IOException {
    if (channel.supportedOptions().contains(option)) {
      channel.setOption(option, value);
    }
  }
}
