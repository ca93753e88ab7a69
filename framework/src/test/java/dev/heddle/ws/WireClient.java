package dev.heddle.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.Server;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A client on a real socket that sends just the bytes that a test wants, and answers nothing by
/// itself.
final class WireClient implements Closeable {
  private final Socket socket;
  private final DataInputStream in;
  private final String response;

  private WireClient(Socket socket, String fields) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(20_000);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    sendRaw(
        Script.HANDSHAKE
            .replace("\r\n\r\n", "\r\n" + fields + "\r\n")
            .getBytes(StandardCharsets.ISO_8859_1));
    response = readHead();
    assertThat(response).startsWith("HTTP/1.1 101 ");
  }

  static WireClient connect(Server server) throws IOException {
    return connect(server, "");
  }

  /// @param fields more field lines of the handshake, each with its line end
  static WireClient connect(Server server, String fields) throws IOException {
    return new WireClient(
        new Socket(InetAddress.getLoopbackAddress(), server.localAddress().getPort()), fields);
  }

  /// Connects with a small buffer, so that few bytes fill it.
  static WireClient connectNarrow(Server server) throws IOException {
    Socket narrow = new Socket();
    narrow.setReceiveBufferSize(16 * 1024);
    narrow.connect(server.localAddress());
    return new WireClient(narrow, "");
  }

  private String readHead() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      head.write(in.readUnsignedByte());
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  /// The answer to the handshake.
  String response() {
    return response;
  }

  void sendRaw(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  void send(Frame... frames) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Frame frame : frames) {
      all.writeBytes(frame.masked(0x37fa213d));
    }
    sendRaw(all.toByteArray());
  }

  /// The next frame.
  ///
  /// @throws EOFException if none comes any more
  Frame read() throws IOException {
    int first = in.readUnsignedByte();
    int length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = (int) in.readLong();
    }
    return new Frame(first, in.readNBytes(length));
  }

  /// Reads up to a frame, whatever comes before.
  ///
  /// @throws EOFException if it does not come any more
  void readUntil(Frame last) throws IOException {
    while (!read().equals(last)) {}
  }

  /// All frames up to the end of the stream.
  List<Frame> readAll() throws IOException {
    List<Frame> frames = new ArrayList<>();
    try {
      while (true) {
        frames.add(read());
      }
    } catch (EOFException e) {
      return frames;
    }
  }

  boolean isAtEnd() throws IOException {
    return in.read() < 0;
  }

  void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  /// Closes before the test is over.
  void leave() throws IOException {
    close();
  }

  /// Ends as a crashed peer's system does (TCP RST).
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
