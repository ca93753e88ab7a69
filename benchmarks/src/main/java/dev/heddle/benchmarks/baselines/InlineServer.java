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
import java.util.function.Supplier;

/// A server in callback style on one thread and one selector: what plain NIO costs at the least.
///
/// All connections share one direct buffer. A reply is written at once, inside the selection; only
/// what the socket does not take is copied, and then the connection reads no more until that has
/// gone. `OP_READ` stays armed otherwise, as the JDK's epoll is level-triggered.
final class InlineServer {
  static final int BUFFER_SIZE = 64 * 1024;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final int BACKLOG = 4096;

  private final Supplier<Responder> responders;
  private final Selector selector;
  private final ServerSocketChannel listener;
  private final SelectionKey accepting;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_SIZE);

  /// What a protocol does with the bytes of one read. Each connection has its own, or all have one
  /// that keeps nothing.
  interface Responder {
    /// Returns the reply to `received`, to be written before the next call; empty when there is
    /// none yet.
    ByteBuffer respond(ByteBuffer received);
  }

  private static final class Conversation {
    private final Responder responder;
    private ByteBuffer leftover = NOTHING;

    Conversation(Responder responder) {
      this.responder = responder;
    }
  }

  InlineServer(InetSocketAddress address, Supplier<Responder> responders) throws IOException {
    this.responders = responders;
    selector = Selector.open();
    listener = ServerSocketChannel.open();
    listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    listener.bind(address, BACKLOG);
    listener.configureBlocking(false);
    accepting = listener.register(selector, SelectionKey.OP_ACCEPT);
  }

  /// @param responders asked for one for each connection
  static BaselineCommand.Server serving(Supplier<Responder> responders) {
    return (address, listening) -> {
      InlineServer server = new InlineServer(address, responders);
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
    if (!(key.attachment() instanceof Conversation conversation)) {
      accept();
      return;
    }
    SocketChannel channel = (SocketChannel) key.channel();
    try {
      if (conversation.leftover.hasRemaining()) {
        drain(key, channel, conversation);
      } else {
        exchange(key, channel, conversation);
      }
    } catch (IOException vanished) {
      close(channel);
    }
  }

  private void exchange(SelectionKey key, SocketChannel channel, Conversation conversation)
      throws IOException {
    buffer.clear();
    if (channel.read(buffer) < 0) {
      close(channel);
      return;
    }
    ByteBuffer reply = conversation.responder.respond(buffer.flip());
    if (!reply.hasRemaining()) {
      return;
    }
    channel.write(reply);
    if (reply.hasRemaining()) {
      conversation.leftover = ByteBuffer.allocateDirect(reply.remaining()).put(reply).flip();
      key.interestOps(SelectionKey.OP_WRITE);
    }
  }

  private static void drain(SelectionKey key, SocketChannel channel, Conversation conversation)
      throws IOException {
    channel.write(conversation.leftover);
    if (!conversation.leftover.hasRemaining()) {
      conversation.leftover = NOTHING;
      key.interestOps(SelectionKey.OP_READ);
    }
  }

  private void accept() {
    try {
      SocketChannel channel;
      while ((channel = listener.accept()) != null) {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.register(selector, SelectionKey.OP_READ, new Conversation(responders.get()));
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
