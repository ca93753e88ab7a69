package dev.heddle.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// A blocking server on a free port whose one fault, or none, is its script. Each connection has a
/// thread of its own.
final class TestServer implements AutoCloseable {
  /// What the server does with one connection. Returning closes it.
  interface Script {
    void play(Client client, TestServer server) throws Exception;
  }

  private final ServerSocket listener;

  private TestServer(ServerSocket listener) {
    this.listener = listener;
  }

  static TestServer start(Script script) throws IOException {
    TestServer server = new TestServer(new ServerSocket(0, 1024, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().start(() -> server.accept(script));
    return server;
  }

  private void accept(Script script) {
    try {
      while (true) {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> play(script, socket));
      }
    } catch (IOException closed) {
      // The test is over, or the script wants it so.
    }
  }

  private void play(Script script, Socket socket) {
    try (socket) {
      script.play(new Client(socket), this);
    } catch (Exception gone) {
      // The generator closed its end.
    }
  }

  Target target(String scheme) {
    return Target.parse(scheme + "://127.0.0.1:" + listener.getLocalPort());
  }

  /// Refuses connections from now on.
  @Override
  public void close() throws IOException {
    listener.close();
  }

  /// The server's end of one connection.
  record Client(Socket socket) {
    /// Reads one message of the given length.
    byte[] read(int length) throws IOException {
      byte[] message = socket.getInputStream().readNBytes(length);
      if (message.length < length) {
        throw new EOFException();
      }
      return message;
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
      socket.getOutputStream().write(bytes, offset, length);
    }

    void write(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
    }

    /// Has closing send a reset.
    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }
}
