package dev.heddle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.heddle.Server;
import dev.heddle.ServerOptions;
import dev.heddle.TestBackends;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The codec over real sockets, on every backend.
@Tag("every-backend")
class HttpOverBackendsTest {
  private static final String GET = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String LAST = "GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

  static List<String> backends() {
    return TestBackends.names();
  }

  private static Server serve(String backend, HttpHandler handler, HttpOptions options)
      throws IOException {
    return Server.builder()
        .options(ServerOptions.builder().backend(backend).build())
        .listen(0, Http1.of(handler, options))
        .start();
  }

  private static Socket connect(Server server) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.localAddress().getPort());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// All that comes until the server closes.
  private static String readAll(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  private static Thread writer(Socket socket, byte[] bytes) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                socket.getOutputStream().write(bytes);
              } catch (IOException e) {
                // the server has refused it
              }
            });
  }

  @ParameterizedTest
  @MethodSource("backends")
  void pipelinedRequestsAreAnsweredInOrder(String backend) throws Exception {
    HttpHandler handler = request -> Response.text(request.path());
    try (Server server = serve(backend, handler, HttpOptions.DEFAULT);
        Socket socket = connect(server)) {
      StringBuilder requests = new StringBuilder();
      for (int i = 0; i < 2000; i++) {
        requests.append(GET.replace("/a", "/" + i));
      }
      Thread writer = writer(socket, (requests + LAST).getBytes(StandardCharsets.ISO_8859_1));
      List<Reply> replies = Reply.parse(readAll(socket));
      writer.join();
      assertThat(replies).hasSize(2001);
      for (int i = 0; i < 2000; i++) {
        assertThat(replies.get(i).body()).isEqualTo("/" + i);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void anInterruptedHandlerIsAnsweredForAndTheConnectionKept(String backend) throws Exception {
    HttpHandler handler =
        request -> {
          Thread.currentThread().interrupt();
          if (request.path().equals("/b")) {
            Thread.sleep(Duration.ofHours(1));
          }
          return Response.text(request.path());
        };
    try (Server server = serve(backend, handler, HttpOptions.DEFAULT);
        Socket socket = connect(server)) {
      send(socket, GET + GET.replace("/a", "/b") + LAST);
      assertThat(Reply.parse(readAll(socket)))
          .extracting(Reply::status, Reply::body)
          .containsExactly(
              tuple(200, "/a"), tuple(500, "500 Internal Server Error\n"), tuple(200, "/a"));
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aLargeBodyIsEchoedAsItComes(String backend) throws Exception {
    byte[] body = new byte[3_000_000];
    new Random(1).nextBytes(body);
    HttpHandler handler =
        request ->
            new Response.Streaming(
                Status.OK,
                Headers.EMPTY,
                request.body().length(),
                out -> request.body().transferTo(out));
    try (Server server = serve(backend, handler, HttpOptions.DEFAULT);
        Socket socket = connect(server)) {
      ByteArrayOutputStream request = new ByteArrayOutputStream();
      request.writeBytes(
          ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      request.writeBytes(body);
      Thread writer = writer(socket, request.toByteArray());
      String reply = readAll(socket);
      writer.join();
      assertThat(reply.substring(reply.indexOf("\r\n\r\n") + 4))
          .isEqualTo(new String(body, StandardCharsets.ISO_8859_1));
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aFileIsSent(String backend, @TempDir Path directory) throws Exception {
    byte[] content = new byte[3_000_000];
    new Random(2).nextBytes(content);
    Path file = Files.write(directory.resolve("a.bin"), content);
    try (Server server = serve(backend, _ -> Response.file(file), HttpOptions.DEFAULT);
        Socket socket = connect(server)) {
      send(socket, GET + LAST);
      List<Reply> replies = Reply.parse(readAll(socket));
      assertThat(replies).hasSize(2);
      assertThat(replies)
          .allMatch(reply -> reply.body().equals(new String(content, StandardCharsets.ISO_8859_1)));
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void slowHeadsAndIdleConnectionsEnd(String backend) throws Exception {
    HttpOptions options =
        HttpOptions.builder()
            .headTimeout(Duration.ofMillis(200))
            .bodyTimeout(Duration.ofMillis(200))
            .keepAliveTimeout(Duration.ofMillis(200))
            .build();
    HttpHandler handler = request -> Response.text(request.body().text());
    try (Server server = serve(backend, handler, options);
        Socket slowHead = connect(server);
        Socket slowBody = connect(server);
        Socket idle = connect(server);
        Socket kept = connect(server)) {
      send(slowHead, "GET / HTTP/1.1\r\nHost");
      send(slowBody, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nab");
      send(kept, GET);
      assertThat(Reply.parse(readAll(slowHead))).extracting(Reply::status).containsExactly(408);
      assertThat(Reply.parse(readAll(slowBody))).extracting(Reply::status).containsExactly(408);
      assertThat(Reply.parse(readAll(kept))).extracting(Reply::status).containsExactly(200);
      assertThat(readAll(idle)).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aTimeoutIsAnsweredThoughThePeerSendsOn(String backend) throws Exception {
    HttpOptions options = HttpOptions.builder().headTimeout(Duration.ofMillis(100)).build();
    try (Server server = serve(backend, _ -> Response.text(""), options);
        Socket socket = connect(server)) {
      send(socket, "GET / HTTP/1.1\r\n");
      while (server.statistics().bytesWritten() == 0) {
        Thread.onSpinWait();
      }
      for (int i = 0; i < 100; i++) {
        send(socket, "A: b\r\n"); // to a socket that was closed, the second of these would fail
      }
      assertThat(new String(socket.getInputStream().readNBytes(20), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 408 Request");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aBodyThatDripsIsEndedThoughItIsNeverSilent(String backend) throws Exception {
    HttpOptions options =
        HttpOptions.builder().bodyTimeout(Duration.ofMillis(300)).bodyRate(10_000).build();
    HttpHandler handler = request -> Response.text(request.body().text());
    try (Server server = serve(backend, handler, options);
        Socket socket = connect(server)) {
      send(socket, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
      for (int sent = 0; sent < 2000 && socket.getInputStream().available() == 0; sent++) {
        send(socket, "x");
        LockSupport.parkNanos(5_000_000);
      }
      assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 408");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void tenThousandRequestsAreAnsweredOnOneConnection(String backend) throws Exception {
    HttpHandler handler = request -> Response.text(request.path());
    try (Server server = serve(backend, handler, HttpOptions.DEFAULT);
        Socket socket = connect(server)) {
      InputStream in = socket.getInputStream();
      for (int i = 10_000; i < 20_000; i++) {
        send(socket, GET.replace("/a", "/" + i));
        String reply = "";
        while (!reply.endsWith("\r\n\r\n/" + i)) {
          byte[] some = new byte[300];
          int count = in.read(some);
          assertThat(count).as(reply).isPositive();
          reply += new String(some, 0, count, StandardCharsets.US_ASCII);
        }
      }
      assertThat(server.statistics().accepted()).isEqualTo(1);
      assertThat(server.statistics().messages()).isEqualTo(10_000);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void anUpgradeHandsOverWhatWasReadAhead(String backend) throws Exception {
    HttpHandler handler = _ -> Response.upgrade("echo", c -> c.input().transferTo(c.output()));
    try (Server server = serve(backend, handler, HttpOptions.DEFAULT);
        Socket socket = connect(server)) {
      String ahead = "x".repeat(40_000);
      send(
          socket,
          GET.replace("\r\n\r\n", "\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n") + ahead);
      InputStream in = socket.getInputStream();
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.read());
      }
      assertThat(head.toString()).startsWith("HTTP/1.1 101 Switching Protocols\r\n");
      assertThat(new String(in.readNBytes(40_000), StandardCharsets.US_ASCII)).isEqualTo(ahead);
      send(socket, "and more");
      assertThat(new String(in.readNBytes(8), StandardCharsets.US_ASCII)).isEqualTo("and more");
      socket.shutdownOutput();
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aRefusalArrivesThoughMoreWasSent(String backend) throws Exception {
    try (Server server = serve(backend, _ -> Response.text(""), HttpOptions.DEFAULT);
        Socket socket = connect(server)) {
      Thread writer =
          writer(
              socket,
              ("GET / HTTP/1.1\r\n\r\n" + "x".repeat(500_000)).getBytes(StandardCharsets.US_ASCII));
      assertThat(Reply.parse(readAll(socket))).extracting(Reply::status).containsExactly(400);
      writer.join();
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void whoLeavesWithinABodyIsNoFaultOfOurs(String backend) throws Exception {
    CountDownLatch ended = new CountDownLatch(2);
    HttpHandler handler =
        request -> {
          try {
            return Response.text(request.body().text());
          } finally {
            ended.countDown();
          }
        };
    String begun = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nab";
    try (Server server = serve(backend, handler, HttpOptions.DEFAULT)) {
      try (Socket ending = connect(server)) {
        send(ending, begun);
        ending.shutdownOutput();
        assertThat(Reply.parse(readAll(ending))).extracting(Reply::status).containsExactly(400);
      }
      try (Socket breaking = connect(server)) {
        send(breaking, begun);
        while (server.statistics().messages() < 2) {
          Thread.onSpinWait(); // until its head has come
        }
        breaking.setSoLinger(true, 0);
      }
      ended.await();
      try (Socket other = connect(server)) {
        send(
            other,
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi");
        assertThat(Reply.parse(readAll(other))).extracting(Reply::body).containsExactly("hi");
      }
      assertThat(server.statistics().failed()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void continueIsAwaited(String backend) throws Exception {
    HttpHandler handler = request -> Response.text(request.body().text());
    try (Server server = serve(backend, handler, HttpOptions.DEFAULT);
        Socket socket = connect(server)) {
      send(
          socket,
          "POST / HTTP/1.1|Host: a|Expect: 100-continue|Content-Length: 2|Connection: close||"
              .replace("|", "\r\n"));
      InputStream in = socket.getInputStream();
      assertThat(new String(in.readNBytes(25), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      send(socket, "hi");
      assertThat(Reply.parse(readAll(socket))).extracting(Reply::body).containsExactly("hi");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aClosingServerFinishesWhatItDoes(String backend) throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch closing = new CountDownLatch(1);
    HttpHandler handler =
        _ -> {
          started.countDown();
          closing.await();
          return Response.text("done");
        };
    Server server = serve(backend, handler, HttpOptions.DEFAULT);
    Thread closer;
    try (Socket idle = connect(server);
        Socket working = connect(server)) {
      send(working, GET + GET);
      started.await();
      closer = Thread.ofVirtual().start(server::close);
      assertThat(readAll(idle)).isEmpty();
      closing.countDown();
      List<Reply> replies = Reply.parse(readAll(working));
      assertThat(replies).hasSize(1);
      assertThat(replies.getFirst().has("Connection: close")).isTrue();
    }
    closer.join();
  }
}
