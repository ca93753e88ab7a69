package dev.heddle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.heddle.Server;
import dev.heddle.ServerOptions;
import dev.heddle.TestBackends;
import dev.heddle.http.ServerSentEvents.Event;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Server-sent events over real sockets, on every backend.
@Tag("every-backend")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EventsOverBackendsTest {
  private static final Duration SHORT = Duration.ofMillis(20);

  private final BlockingQueue<Event> queue = new LinkedBlockingQueue<>();

  static List<String> backends() {
    return TestBackends.names();
  }

  private static Server serve(String backend, ServerSentEvents.Source source) throws IOException {
    return Server.builder()
        .options(ServerOptions.builder().backend(backend).build())
        .listen(0, Http1.of(request -> Response.events(request, source)))
        .start();
  }

  private static Socket ask(Server server, String fields) throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(20_000);
    socket.connect(server.localAddress());
    String request = "GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static BufferedReader lines(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  private static void awaitLine(BufferedReader lines, String line) throws IOException {
    for (String next = lines.readLine(); !line.equals(next); next = lines.readLine()) {
      assertThat(next).as("before " + line).isNotNull();
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aSilentSourceShowsThatItLives(String backend) throws Exception {
    try (Server server = serve(backend, events -> events.sendAll(queue, SHORT));
        Socket socket = ask(server, "")) {
      BufferedReader lines = lines(socket);
      awaitLine(lines, "Content-Type: text/event-stream");
      awaitLine(lines, ":");
      awaitLine(lines, ":");
      queue.add(new Event("1", "tick", "tock"));
      awaitLine(lines, "id: 1");
      assertThat(lines.readLine()).isEqualTo("event: tick");
      assertThat(lines.readLine()).isEqualTo("data: tock");
      awaitLine(lines, ":");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void whoHasLeftIsNoticedByAHeartbeat(String backend) throws Exception {
    CompletableFuture<Void> source = new CompletableFuture<>();
    try (Server server =
        serve(
            backend,
            events -> {
              try {
                events.sendAll(queue, SHORT);
                source.complete(null);
              } catch (IOException e) {
                source.completeExceptionally(e);
                throw e;
              }
            })) {
      try (Socket socket = ask(server, "")) {
        awaitLine(lines(socket), ":");
      }
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> source.get(20, TimeUnit.SECONDS))
          .withCauseInstanceOf(IOException.class);
      while (server.statistics().connections() > 0) {
        Thread.onSpinWait();
      }
      assertThat(server.statistics().failed()).isZero();
    }
  }

  /// What a browser does whose connection was lost.
  @ParameterizedTest
  @MethodSource("backends")
  void whoComesBackGoesOnBehindTheEventSeenLast(String backend) throws Exception {
    HttpHandler handler =
        request -> {
          int last = Integer.parseInt(request.headers().get("Last-Event-ID", "0"));
          return Response.events(
              request,
              events -> {
                for (int i = last + 1; i <= last + 2; i++) {
                  events.send(new Event(Integer.toString(i), null, "event " + i));
                }
              });
        };
    try (Server server =
        Server.builder()
            .options(ServerOptions.builder().backend(backend).build())
            .listen(0, Http1.of(handler))
            .start()) {
      for (int last : new int[] {0, 2, 40}) {
        String field = last == 0 ? "" : "Last-Event-ID: " + last + "\r\n";
        try (Socket socket = ask(server, field + "Connection: close\r\n")) {
          assertThat(lines(socket).lines().filter(line -> line.startsWith("data")))
              .containsExactly("data: event " + (last + 1), "data: event " + (last + 2));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aClosingServerEndsTheStreamInGoodOrder(String backend) throws Exception {
    Server server = serve(backend, events -> events.sendAll(queue, SHORT));
    try (Socket socket = ask(server, "")) {
      BufferedReader lines = lines(socket);
      awaitLine(lines, ":");
      Thread closer = Thread.ofVirtual().start(server::close);
      awaitLine(lines, "0"); // the last chunk
      assertThat(lines.readLine()).isEmpty();
      assertThat(lines.readLine()).isNull();
      closer.join();
    }
  }
}
