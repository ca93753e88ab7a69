package dev.heddle.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.Connection;
import dev.heddle.Observer;
import dev.heddle.RequestWatch;
import dev.heddle.ServedRequest;
import dev.heddle.Server;
import dev.heddle.ServerOptions;
import dev.heddle.TestBackends;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever becomes of a request, observers are told of it once, and rightly.
@Tag("every-backend")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ObservedRequestsTest {
  private static final String LAST = "Host: a\r\nConnection: close\r\n\r\n";

  @TempDir static Path folder;

  /// What was told of one connection.
  private static final class Told implements Observer {
    final AtomicInteger started = new AtomicInteger();
    final Queue<String> served = new ConcurrentLinkedQueue<>();
    final Queue<Integer> refused = new ConcurrentLinkedQueue<>();
    final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public RequestWatch requestStarted(Connection connection) {
      started.incrementAndGet();
      return request -> served.add(line(request));
    }

    private static String line(ServedRequest r) {
      assertThat(r.nanos()).isNotNegative();
      return "%s %s %s %d in=%d out=%d%s"
          .formatted(
              r.protocol(),
              r.method(),
              r.route().isEmpty() ? "-" : r.route(),
              r.status(),
              r.bytesRead(),
              r.bytesWritten(),
              r.complete() ? "" : " cut short");
    }

    @Override
    public void requestRefused(Connection connection, int status) {
      refused.add(status);
    }

    @Override
    public void connectionClosed(Connection connection) {
      closed.countDown();
    }
  }

  private static HttpHandler handler() throws IOException {
    Path file = Files.write(folder.resolve("a.bin"), new byte[70_000]);
    return Router.builder()
        .get("/users/{id}", _ -> Response.text("hello"))
        .post("/body", request -> Response.text(request.body().text()))
        .post("/unread", _ -> Response.status(204))
        .get("/fails", _ -> fail())
        .get("/refuses", _ -> refuse())
        .get("/file", _ -> Response.file(file))
        .get("/stream", _ -> Response.stream("text/plain", out -> out.write(new byte[9_000])))
        .get("/stream/fails-early", _ -> Response.stream("text/plain", _ -> fail()))
        .get("/stream/fails-late", _ -> Response.stream("text/plain", out -> failLate(out)))
        .get("/endless", _ -> Response.stream("text/plain", out -> writeForEver(out)))
        .get("/upgrade", _ -> Response.upgrade("echo", c -> c.input().transferTo(c.output())))
        .mount("/api", Router.builder().get("/items/{item}", _ -> Response.text("an item")).build())
        .build();
  }

  private static Response fail() {
    throw new IllegalStateException("on purpose");
  }

  private static Response refuse() throws ProtocolException {
    throw new ProtocolException(Status.CONFLICT, "on purpose");
  }

  private static void failLate(OutputStream out) throws IOException {
    out.write(new byte[5_000]);
    out.flush();
    fail();
  }

  private static void writeForEver(OutputStream out) throws IOException {
    while (true) {
      out.write(new byte[8192]);
    }
  }

  private record Case(String name, String sent, List<String> served, List<Integer> refused) {
    Case(String name, String sent, String... served) {
      this(name, sent, List.of(served), List.of());
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static List<Case> cases() {
    return List.of(
        new Case(
            "a route by its template",
            "GET /users/7?a=b HTTP/1.1\r\n" + LAST,
            "HTTP/1.1 GET /users/{id} 200 in=0 out=5"),
        new Case(
            "a route of a mounted router",
            "GET /api/items/7 HTTP/1.1\r\n" + LAST,
            "HTTP/1.1 GET /api/items/{item} 200 in=0 out=7"),
        new Case(
            "nothing found below a mount",
            "GET /api/other HTTP/1.1\r\n" + LAST,
            "HTTP/1.1 GET /api/** 404 in=0 out=14"),
        new Case(
            "HEAD has no body",
            "HEAD /users/7 HTTP/1.1\r\n" + LAST,
            "HTTP/1.1 HEAD /users/{id} 200 in=0 out=0"),
        new Case(
            "HEAD of a file",
            "HEAD /file HTTP/1.1\r\n" + LAST,
            "HTTP/1.1 HEAD /file 200 in=0 out=0"),
        new Case(
            "a file", "GET /file HTTP/1.1\r\n" + LAST, "HTTP/1.1 GET /file 200 in=0 out=70000"),
        new Case(
            "no route", "GET /nowhere/1 HTTP/1.1\r\n" + LAST, "HTTP/1.1 GET - 404 in=0 out=14"),
        new Case(
            "another method",
            "DELETE /users/7 HTTP/1.1\r\n" + LAST,
            "HTTP/1.1 DELETE - 405 in=0 out=0"),
        new Case(
            "an unheard-of method",
            "BREW /users/7 HTTP/1.1\r\n" + LAST,
            "HTTP/1.1 BREW - 405 in=0 out=0"),
        new Case(
            "HTTP/1.0", "GET /users/7 HTTP/1.0\r\n\r\n", "HTTP/1.0 GET /users/{id} 200 in=0 out=5"),
        new Case(
            "a body that is read",
            "POST /body HTTP/1.1\r\nContent-Length: 3\r\n" + LAST + "abc",
            "HTTP/1.1 POST /body 200 in=3 out=3"),
        new Case(
            "a body in chunks",
            "POST /body HTTP/1.1\r\nTransfer-Encoding: chunked\r\n"
                + LAST
                + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
            "HTTP/1.1 POST /body 200 in=5 out=5"),
        new Case(
            "a body that is not read",
            "POST /unread HTTP/1.1\r\nContent-Length: 3\r\n" + LAST + "abc",
            "HTTP/1.1 POST /unread 204 in=0 out=0"),
        new Case(
            "a body that breaks off",
            "POST /body HTTP/1.1\r\nContent-Length: 9\r\n" + LAST + "abc",
            "HTTP/1.1 POST /body 400 in=3 out=54"),
        new Case(
            "a handler that fails",
            "GET /fails HTTP/1.1\r\n" + LAST,
            "HTTP/1.1 GET /fails 500 in=0 out=26"),
        new Case(
            "a handler that refuses",
            "GET /refuses HTTP/1.1\r\n" + LAST,
            "HTTP/1.1 GET /refuses 409 in=0 out=25"),
        new Case(
            "a stream",
            "GET /stream HTTP/1.1\r\n" + LAST,
            "HTTP/1.1 GET /stream 200 in=0 out=9000"),
        new Case(
            "a stream that fails before its head",
            "GET /stream/fails-early HTTP/1.1\r\n" + LAST,
            "HTTP/1.1 GET /stream/fails-early 500 in=0 out=26"),
        new Case(
            "a stream that fails behind its head",
            "GET /stream/fails-late HTTP/1.1\r\n" + LAST,
            "HTTP/1.1 GET /stream/fails-late 200 in=0 out=5000 cut short"),
        new Case(
            "an upgrade",
            "GET /upgrade HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\nGET /",
            "HTTP/1.1 GET /upgrade 101 in=0 out=0"),
        new Case(
            "pipelined",
            "GET /users/1 HTTP/1.1\r\nHost: a\r\n\r\n".repeat(3)
                + "POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab"
                + "HEAD /users/1 HTTP/1.1\r\n"
                + LAST,
            "HTTP/1.1 GET /users/{id} 200 in=0 out=5",
            "HTTP/1.1 GET /users/{id} 200 in=0 out=5",
            "HTTP/1.1 GET /users/{id} 200 in=0 out=5",
            "HTTP/1.1 POST /body 200 in=2 out=2",
            "HTTP/1.1 HEAD /users/{id} 200 in=0 out=0"),
        new Case(
            "no request at all",
            "GET /users/1 HTTP/1.1\r\nHost: a\r\n\r\nnonsense\r\n\r\n",
            List.of("HTTP/1.1 GET /users/{id} 200 in=0 out=5"),
            List.of(400)),
        new Case("a head that breaks off", "GET /users", List.of(), List.of(400)),
        new Case("nothing", "", List.of(), List.of()));
  }

  static Stream<Arguments> overEveryBackend() {
    return TestBackends.names().stream()
        .flatMap(backend -> cases().stream().map(each -> Arguments.of(backend, each)));
  }

  private static Server serve(String backend, Observer observer) throws IOException {
    return Server.builder()
        .options(ServerOptions.builder().backend(backend).build())
        .observer(observer)
        .listen(0, Http1.of(handler()))
        .start();
  }

  private static Socket connect(Server server) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.localAddress().getPort());
    socket.setSoTimeout(20_000);
    return socket;
  }

  @ParameterizedTest(name = "{1} on {0}")
  @MethodSource("overEveryBackend")
  void eachRequestIsToldOfOnce(String backend, Case each) throws Exception {
    Told told = new Told();
    try (Server server = serve(backend, Observer.all(Observer.NONE, told));
        Socket socket = connect(server)) {
      socket.getOutputStream().write(each.sent.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
      assertThat(told.closed.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(told.served).containsExactlyElementsOf(each.served);
      assertThat(told.refused).containsExactlyElementsOf(each.refused);
      assertThat(told.started).hasValue(each.served.size());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.heddle.TestBackends#names")
  void aPeerThatLeavesCutsItsAnswerShort(String backend) throws Exception {
    Told told = new Told();
    try (Server server = serve(backend, told)) {
      try (Socket socket = connect(server)) {
        socket.setSoLinger(true, 0);
        socket.getOutputStream().write("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8));
        socket.getInputStream().readNBytes(1000);
      }
      assertThat(told.closed.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(told.served)
          .singleElement()
          .asString()
          .startsWith("HTTP/1.1 GET /endless 200 in=0 out=")
          .endsWith(" cut short");
    }
  }

  @Test
  void filtersLearnTheRouteThatCopiesOfTheirRequestTook() throws Exception {
    Request request = Request.of("GET", "/users/7");
    assertThat(request.route()).isEmpty();
    handler().handle(request.with("X-A", "b").without("X-A"));
    assertThat(request.route()).isEqualTo("/users/{id}");
  }

  @Test
  void aHandlerWithoutARouterMayNameItsRoute() {
    Request request = Request.of("GET", "/plaintext");
    request.takeRoute("/plaintext");
    assertThat(request.route()).isEqualTo("/plaintext");
  }
}
