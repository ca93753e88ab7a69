package dev.heddle.benchmarks.baselines;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;

/// A server in callback style on one thread and one selector: what plain NIO costs at the least.
///
/// All connections share one direct buffer. A reply is written at once, inside the selection; only
/// what the socket does not take is copied, and then the connection reads no more until that has
/// gone. `OP_READ` stays armed otherwise, as the JDK's epoll is level-triggered.
final class InlineServer {
  static final int BUFFER_SIZE = 64 * 1024;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final int BACKLOG = 4096;

  private final Responder responder;
  private final Selector selector;
  private final ServerSocketChannel listener;
  private final SelectionKey accepting;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_SIZE);

  /// What a protocol does with the bytes of one read.
  interface Responder {
    /// Returns the reply to `received`, to be written before the next call; empty when there is
    /// none yet.
    ///
    /// @param progress how far into a request this connection was, as last left by this method
    ByteBuffer respond(ByteBuffer received, Progress progress);
  }

  /// What is kept of one connection between two reads.
  static final class Progress {
    int value;
    ByteBuffer leftover = NOTHING;
  }

  InlineServer(InetSocketAddress address, Responder responder) throws IOException {
    this.responder = responder;
    selector = Selector.open();
    listener = ServerSocketChannel.open();
    listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    listener.bind(address, BACKLOG);
    listener.configureBlocking(false);
    accepting = listener.register(selector, SelectionKey.OP_ACCEPT);
  }

  static BaselineCommand.Server serving(Responder responder) {
    return (address, listening) -> {
      InlineServer server = new InlineServer(address, responder);
      listening.accept(server.localAddress());
      server.run();
    };
  }

  InetSocketAddress localAddress() throws IOException {
    return (InetSocketAddress) listener.getLocalAddress();
  }

  /// Serves until this thread is interrupted.
  void run() throws IOException {
    Consumer<SelectionKey> onReady = this::onReady;
    try (selector;
        listener) {
      while (!Thread.interrupted()) {
        selector.select(onReady);
      }
      selector.keys().forEach(key -> closeQuietly(key.channel()));
    }
  }

  private void onReady(SelectionKey key) {
    if (!(key.attachment() instanceof Progress progress)) {
      accept();
      return;
    }
    SocketChannel channel = (SocketChannel) key.channel();
    try {
      if (progress.leftover.hasRemaining()) {
        drain(key, channel, progress);
      } else {
        exchange(key, channel, progress);
      }
    } catch (IOException vanished) {
      close(channel);
    }
  }

  private void exchange(SelectionKey key, SocketChannel channel, Progress progress)
      throws IOException {
    buffer.clear();
    if (channel.read(buffer) < 0) {
      close(channel);
      return;
    }
    ByteBuffer reply = responder.respond(buffer.flip(), progress);
    if (!reply.hasRemaining()) {
      return;
    }
    channel.write(reply);
    if (reply.hasRemaining()) {
      progress.leftover = ByteBuffer.allocateDirect(reply.remaining()).put(reply).flip();
      key.interestOps(SelectionKey.OP_WRITE);
    }
  }

  private static void drain(SelectionKey key, SocketChannel channel, Progress progress)
      throws IOException {
    channel.write(progress.leftover);
    if (!progress.leftover.hasRemaining()) {
      progress.leftover = NOTHING;
      key.interestOps(SelectionKey.OP_READ);
    }
  }

  private void accept() {
    try {
      SocketChannel channel;
      while ((channel = listener.accept()) != null) {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.register(selector, SelectionKey.OP_READ, new Progress());
      }
    } catch (IOException outOfDescriptors) {
      // The listener stays ready, so the loop would spin on it: accept again when a connection
      // closes.
      accepting.interestOps(0);
    }
  }

  private void close(SocketChannel channel) {
    closeQuietly(channel);
    if (accepting.isValid() && accepting.interestOps() == 0) {
      accepting.interestOps(SelectionKey.OP_ACCEPT);
    }
  }

  private static void closeQuietly(Channel channel) {
    try {
      channel.close();
    } catch (IOException ignored) {
      // The descriptor is gone either way.
    }
  }
}
