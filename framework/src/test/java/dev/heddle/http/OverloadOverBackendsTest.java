package dev.heddle.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.Rate;
import dev.heddle.Server;
import dev.heddle.ServerOptions;
import dev.heddle.TestBackends;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The filters that hold off more than a handler can do, over real sockets, on every backend.
@Tag("every-backend")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OverloadOverBackendsTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final Duration SHORT = Duration.ofMillis(50);

  static List<String> backends() {
    return TestBackends.names();
  }

  private static Server serve(String backend, HttpHandler handler) throws IOException {
    return Server.builder()
        .options(ServerOptions.builder().backend(backend).build())
        .listen(0, Http1.of(handler))
        .start();
  }

  private static Socket connect(Server server) throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(20_000);
    socket.connect(server.localAddress());
    return socket;
  }

  private static Socket connectFrom(String address, Server server) throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(20_000);
    socket.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
    socket.connect(server.localAddress());
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /// The next answer on a connection that stays.
  private static Reply receive(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int octet = in.read();
      assertThat(octet).as(head.toString()).isNotNegative();
      head.append((char) octet);
    }
    int length =
        Integer.parseInt(head.toString().replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
    String body = new String(in.readNBytes(length), StandardCharsets.US_ASCII);
    return Reply.parse(head + body).getFirst();
  }

  private static Reply ask(Socket socket) throws IOException {
    send(socket, GET);
    return receive(socket);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void whoFindsNoRoomIsToldToComeAgain(String backend) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    HttpHandler handler =
        _ -> {
          begun.countDown();
          end.await();
          return Response.text("done");
        };
    try (Server server = serve(backend, ConcurrencyLimit.of(handler, 1));
        Socket first = connect(server);
        Socket second = connect(server)) {
      send(first, GET);
      begun.await();
      for (int i = 0; i < 3; i++) {
        Reply refused = ask(second);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.has("Retry-After: 1")).isTrue();
      }
      end.countDown();
      assertThat(receive(first).body()).isEqualTo("done");
      assertThat(ask(second).body()).isEqualTo("done");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void anAddressThatAsksTooOftenIsRefusedAndNoOther(String backend) throws Exception {
    HttpHandler handler =
        RequestRate.of(_ -> Response.text("done"), new Rate(2, Duration.ofHours(2)));
    try (Server server = serve(backend, handler);
        Socket one = connectFrom("127.0.0.1", server);
        Socket sameAgain = connectFrom("127.0.0.1", server);
        Socket other = connectFrom("127.0.0.2", server)) {
      assertThat(ask(one).status()).isEqualTo(200);
      assertThat(ask(sameAgain).status()).isEqualTo(200);
      for (Socket socket : List.of(one, sameAgain)) {
        Reply refused = ask(socket);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.has("Retry-After: 3600")).isTrue();
      }
      assertThat(ask(other).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aHandlerThatTakesTooLongIsAnsweredForAndTheConnectionKept(String backend) throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    HttpHandler handler =
        request -> {
          if (request.method().equals("GET")) {
            never.await();
          }
          assertThat(Thread.currentThread().isInterrupted()).isFalse();
          return Response.text(request.body().text());
        };
    try (Server server = serve(backend, HandlerTimeout.of(handler, SHORT));
        Socket socket = connect(server)) {
      for (int i = 0; i < 3; i++) {
        assertThat(ask(socket).status()).isEqualTo(503);
      }
      send(socket, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi");
      assertThat(receive(socket).body()).isEqualTo("hi");
      assertThat(server.statistics().accepted()).isEqualTo(1);
      assertThat(server.statistics().failed()).isZero();
    }
  }

  /// An interrupt costs the channel that is read, so nothing can be answered.
  @ParameterizedTest
  @MethodSource("backends")
  void aHandlerThatIsInterruptedWhileItReadsItsBodyEndsTheConnection(String backend)
      throws Exception {
    HttpHandler handler = request -> Response.text(request.body().text());
    try (Server server = serve(backend, HandlerTimeout.of(handler, SHORT));
        Socket socket = connect(server);
        Socket other = connect(server)) {
      send(socket, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nab");
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      assertThat(ask(other).status()).isEqualTo(200);
      assertThat(server.statistics().failed()).isZero();
    }
  }

  /// The time of a body is the codec's to hold, not the handler's.
  @ParameterizedTest
  @MethodSource("backends")
  void aBodyThatDoesNotComeInTimeIsARequestTimeout(String backend) throws Exception {
    HttpHandler handler = request -> Response.text(request.body().text());
    HttpOptions options = HttpOptions.builder().bodyTimeout(SHORT).build();
    ServerOptions engine = ServerOptions.builder().backend(backend).build();
    try (Server server =
            Server.builder()
                .options(engine)
                .listen(0, Http1.of(HandlerTimeout.of(handler, Duration.ofHours(1)), options))
                .start();
        Socket socket = connect(server)) {
      send(socket, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nab");
      Reply refused = receive(socket);
      assertThat(refused.status()).isEqualTo(408);
      assertThat(refused.has("Connection: close")).isTrue();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }
}
