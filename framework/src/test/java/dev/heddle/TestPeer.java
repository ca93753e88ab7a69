package dev.heddle;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

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

  /// Whether the connection was closed: within TLS, that is no end of the stream but a cut.
  default boolean isClosedByServer() throws IOException {
    try {
      return isAtEnd();
    } catch (SSLException e) {
      return true;
    }
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

  /// As [#connectNarrow], within TLS as the JDK speaks it.
  static TestPeer connectNarrow(InetSocketAddress address, SSLContext context) throws IOException {
    Socket plain = new Socket();
    plain.setReceiveBufferSize(16 * 1024);
    plain.connect(address);
    SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(plain, "localhost", address.getPort(), true);
    socket.startHandshake();
    return over(socket, plain);
  }

  private static TestPeer over(SSLSocket socket, Socket plain) {
    return new TestPeer() {
      @Override
      public int read(ByteBuffer dst) throws IOException {
        int count =
            socket
                .getInputStream()
                .read(dst.array(), dst.arrayOffset() + dst.position(), dst.remaining());
        dst.position(dst.position() + Math.max(count, 0));
        return count;
      }

      @Override
      public void write(ByteBuffer src) throws IOException {
        socket
            .getOutputStream()
            .write(src.array(), src.arrayOffset() + src.position(), src.remaining());
        src.position(src.limit());
      }

      @Override
      public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
      }

      @Override
      public void reset() throws IOException {
        plain.setSoLinger(true, 0);
        plain.close();
      }

      @Override
      public void close() throws IOException {
        socket.close();
      }
    };
  }

  static TestPeer over(InMemoryTransport transport) {
    return over(transport, transport::reset);
  }

  static TestPeer over(Transport transport, Runnable reset) {
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
        reset.run();
      }

      @Override
      public void close() {
        transport.close();
      }
    };
  }
}
