package dev.heddle.benchmarks.baselines;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/// TCP echo by the JDK alone: a blocking channel on a virtual thread, and nothing around it. What
/// its scheduler and its poller cost, whoever builds on them.
public final class JdkEcho {
  private static final int BACKLOG = 4096;
  private static final int BUFFER_SIZE = 4096;

  private JdkEcho() {}

  static BaselineCommand.Server server() {
    return (address, listening) -> {
      try (ServerSocketChannel listener = ServerSocketChannel.open()) {
        listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        listener.bind(address, BACKLOG);
        listening.accept((InetSocketAddress) listener.getLocalAddress());
        while (true) {
          SocketChannel channel = listener.accept();
          channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
          var _ = Thread.ofVirtual().start(() -> echo(channel));
        }
      } catch (ClosedByInterruptException ended) {
        // as asked
      }
    };
  }

  private static void echo(SocketChannel channel) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_SIZE);
    try (channel) {
      while (channel.read(buffer) >= 0) {
        channel.write(buffer.flip());
        buffer.clear();
      }
    } catch (IOException vanished) {
      // the client's doing
    }
  }

  /// Serves until the process is ended.
  public static void main(String[] args) {
    BaselineCommand.run("jdk-echo", args, server());
  }
}
