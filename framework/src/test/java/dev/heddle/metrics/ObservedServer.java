package dev.heddle.metrics;

import dev.heddle.Connection;
import dev.heddle.Observer;
import dev.heddle.Server;
import dev.heddle.ServerOptions;
import dev.heddle.http.Http1;
import dev.heddle.http.HttpHandler;
import dev.heddle.http.ProtocolException;
import dev.heddle.http.Response;
import dev.heddle.http.Router;
import dev.heddle.http.Status;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A server over one backend, observed; and its peers, one at a time.
final class ObservedServer implements Closeable {
  static final HttpHandler HANDLER =
      Router.builder()
          .get("/users/{id}", _ -> Response.text("hello"))
          .post("/echo", request -> Response.text(request.body().text()))
          .get("/fails", _ -> fail())
          .get("/refuses", _ -> refuse())
          .get("/cut", _ -> Response.stream("text/plain", out -> cut(out)))
          .get("/upgrade", _ -> Response.upgrade("echo", c -> c.input().transferTo(c.output())))
          .build();

  final Server server;
  private final Semaphore closed = new Semaphore(0);

  ObservedServer(String backend, HttpHandler handler, Observer... observers) throws IOException {
    Observer ends =
        new Observer() {
          @Override
          public void connectionClosed(Connection connection) {
            closed.release();
          }
        };
    server =
        Server.builder()
            .options(ServerOptions.builder().backend(backend).build())
            .observer(Observer.all(Observer.all(observers), ends))
            .listen(0, Http1.of(handler))
            .start();
  }

  ObservedServer(String backend, Observer... observers) throws IOException {
    this(backend, HANDLER, observers);
  }

  private static Response fail() {
    throw new IllegalStateException("on purpose");
  }

  private static Response refuse() throws ProtocolException {
    throw new ProtocolException(Status.CONFLICT, "on purpose");
  }

  private static void cut(OutputStream out) throws IOException {
    out.write(new byte[100]);
    out.flush();
    fail();
  }

  Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.localAddress().getPort());
    socket.setSoTimeout(20_000);
    return socket;
  }

  /// Sends this, then nothing more, and returns what comes back when the connection has ended.
  String exchange(String sent) throws Exception {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      byte[] answer = socket.getInputStream().readAllBytes();
      awaitEnd();
      return new String(answer, StandardCharsets.ISO_8859_1);
    }
  }

  /// Waits until the server is done with one more connection.
  void awaitEnd() throws InterruptedException {
    if (!closed.tryAcquire(20, TimeUnit.SECONDS)) {
      throw new AssertionError("the connection does not end");
    }
  }

  static String request(String line) {
    return line + " HTTP/1.1\r\nHost: a\r\n\r\n";
  }

  @Override
  public void close() {
    server.close();
  }
}
