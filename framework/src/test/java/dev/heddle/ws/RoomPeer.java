package dev.heddle.ws;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.Server;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/// A client that sends and reads short texts over a socket of its own, and takes nothing from a
/// server but whole frames.
final class RoomPeer implements Closeable {
  private static final int TEXT = 0x81;
  private static final int CLOSE = 0x88;
  private static final int SILENCE_MILLIS = 30_000;

  private final Socket socket;
  private final DataInputStream in;
  private int closeCode;

  private RoomPeer(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  static RoomPeer connect(Server server) throws IOException {
    return connect(server, new Socket());
  }

  /// Connects with a small buffer in the system, so that few bytes fill it.
  static RoomPeer connectNarrow(Server server) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(16 * 1024);
    return connect(server, socket);
  }

  private static RoomPeer connect(Server server, Socket socket) throws IOException {
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.localAddress().getPort()),
        SILENCE_MILLIS);
    socket.setSoTimeout(SILENCE_MILLIS);
    socket.setTcpNoDelay(true);
    RoomPeer peer = new RoomPeer(socket);
    peer.shakeHands();
    return peer;
  }

  private void shakeHands() throws IOException {
    socket
        .getOutputStream()
        .write(
            """
            GET /room HTTP/1.1\r
            Host: a\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            \r
            """
                .getBytes(ISO_8859_1));
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    assertThat(head.toString()).startsWith("HTTP/1.1 101 ");
  }

  /// Sends a text of up to 125 bytes.
  void say(String text) throws IOException {
    byte[] payload = text.getBytes(UTF_8);
    ByteBuffer frame = ByteBuffer.allocate(6 + payload.length);
    frame.put((byte) TEXT).put((byte) (0x80 | payload.length)).putInt(0).put(payload);
    socket.getOutputStream().write(frame.array());
  }

  /// The next text; null if the server closes.
  String hear() throws IOException {
    int first = in.readUnsignedByte();
    int length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    }
    byte[] payload = new byte[length];
    in.readFully(payload);
    if (first == CLOSE) {
      closeCode = ByteBuffer.wrap(payload).getShort();
      return null;
    }
    assertThat(first).as("a whole, unmasked, uncompressed text").isEqualTo(TEXT);
    return new String(payload, UTF_8);
  }

  /// The code that the server closed with.
  int closeCode() {
    return closeCode;
  }

  /// Whether nothing comes any more.
  boolean isAtEnd() throws IOException {
    try {
      in.readByte();
      return false;
    } catch (EOFException e) {
      return true;
    }
  }

  /// Ends the connection as a crashed client's system does.
  void vanish() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
