package dev.heddle.demo.echo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/// A client of the echo demo.
record Client(SocketChannel channel) implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;

  /// For how long a server that could still read would not leave its peer waiting.
  private static final int STUCK_MILLIS = 500;

  static Client connect(int port) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.socket().setSoTimeout(PATIENCE_MILLIS);
    return new Client(channel);
  }

  void send(byte[] bytes) throws IOException {
    channel.socket().getOutputStream().write(bytes);
  }

  void endOutput() throws IOException {
    channel.shutdownOutput();
  }

  byte[] receive(int count) throws IOException {
    return channel.socket().getInputStream().readNBytes(count);
  }

  byte[] receiveAll() throws IOException {
    return channel.socket().getInputStream().readAllBytes();
  }

  void assertEcho(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    send(bytes);
    assertThat(receive(bytes.length)).isEqualTo(bytes);
  }

  void assertEnd() throws IOException {
    assertThat(channel.socket().getInputStream().read()).isEqualTo(-1);
  }

  /// Sends without reading until the server can't write, and so no longer reads.
  ///
  /// @return what was sent
  byte[] sendUntilTheServerIsStuck() throws IOException {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    byte[] some = new byte[8192];
    Random random = new Random(1);
    channel.configureBlocking(false);
    try (Selector selector = Selector.open()) {
      channel.register(selector, SelectionKey.OP_WRITE);
      while (selector.select(STUCK_MILLIS) > 0) {
        selector.selectedKeys().clear();
        random.nextBytes(some);
        sent.write(some, 0, channel.write(ByteBuffer.wrap(some)));
      }
    }
    channel.configureBlocking(true);
    return sent.toByteArray();
  }

  /// Vanishes without a goodbye: the server's next read or write fails.
  void reset() throws IOException {
    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    channel.close();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
