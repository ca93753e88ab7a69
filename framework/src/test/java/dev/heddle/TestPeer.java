package dev.heddle;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// The other side of a connection under test, which knows nothing of the framework: blocking calls
/// on a socket of the JDK's, or an end in memory.
interface TestPeer extends Closeable {

  /// Reads what is there, at least a byte; -1 at the end of the stream.
  int read(ByteBuffer dst) throws IOException;

  void write(ByteBuffer src) throws IOException;

  void shutdownOutput() throws IOException;

  /// Ends the connection as a crashed peer's system does (TCP RST).
  void reset() throws IOException;

  default void send(String text) throws IOException {
    write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /// Reads exactly so many bytes.
  default byte[] receive(int count) throws IOException {
    ByteBuffer dst = ByteBuffer.allocate(count);
    while (dst.hasRemaining()) {
      if (read(dst) < 0) {
        throw new EOFException("the stream ended after " + dst.position() + " of " + count);
      }
    }
    return dst.array();
  }

  default String receiveText(int count) throws IOException {
    return new String(receive(count), StandardCharsets.ISO_8859_1);
  }

  default boolean isAtEnd() throws IOException {
    return read(ByteBuffer.allocate(1)) < 0;
  }

  static TestPeer connect(Server server) throws IOException {
    return over(SocketChannel.open(server.localAddress()));
  }

  /// Connects with small buffers in the system, so that few bytes fill them.
  static TestPeer connectNarrow(SocketAddress address) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, 16 * 1024);
    channel.connect(address);
    return over(channel);
  }

  static TestPeer over(SocketChannel channel) {
    return new TestPeer() {
      @Override
      public int read(ByteBuffer dst) throws IOException {
        return channel.read(dst);
      }

      @Override
      public void write(ByteBuffer src) throws IOException {
        while (src.hasRemaining()) {
          channel.write(src);
        }
      }

      @Override
      public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
      }

      @Override
      public void reset() throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }

  static TestPeer over(InMemoryTransport transport) {
    return new TestPeer() {
      @Override
      public int read(ByteBuffer dst) throws IOException {
        return transport.read(dst);
      }

      @Override
      public void write(ByteBuffer src) throws IOException {
        transport.write(src);
      }

      @Override
      public void shutdownOutput() throws IOException {
        transport.shutdownOutput();
      }

      @Override
      public void reset() {
        transport.reset();
      }

      @Override
      public void close() {
        transport.close();
      }
    };
  }
}
