package dev.heddle.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.Connection;
import dev.heddle.Observer;
import dev.heddle.Server;
import dev.heddle.ServerOptions;
import dev.heddle.http.Http1;
import dev.heddle.http.Request;
import dev.heddle.http.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HealthTest {
  private final Health health = new Health();

  private String ask(String path) throws Exception {
    Response.Full answer =
        (Response.Full) AdminRoutes.of(health).handle(Request.of("GET", "/health/" + path));
    assertThat(answer.headers().get("Cache-Control")).isEqualTo("no-store");
    return answer.status().code() + " " + new String(answer.body(), StandardCharsets.UTF_8).strip();
  }

  /// Closing takes for ever, unless it is interrupted: so what is seen meanwhile is no accident.
  private Server serve(String backend, Observer observer) throws IOException {
    return Server.builder()
        .options(ServerOptions.builder().backend(backend).drainDelay(Duration.ofHours(1)).build())
        .observer(Observer.all(health, observer))
        .listen(0, Http1.of(_ -> Response.text("hello")))
        .start();
  }

  @Tag("every-backend")
  @ParameterizedTest
  @MethodSource("dev.heddle.TestBackends#names")
  void aServerThatIsToldToCloseIsNotReadyButStillServes(String backend) throws Exception {
    assertThat(ask("ready")).isEqualTo("503 {\"status\":\"starting\"}");
    CountDownLatch closing = new CountDownLatch(1);
    Server server =
        serve(
            backend,
            new Observer() {
              @Override
              public void serverClosing(Server server) {
                closing.countDown();
              }
            });
    assertThat(ask("ready")).isEqualTo("200 {\"status\":\"ready\"}");
    Thread closer = Thread.ofPlatform().start(server::close);
    closing.await();
    assertThat(server.isClosing()).isTrue();
    assertThat(ask("ready")).isEqualTo("503 {\"status\":\"draining\"}");
    assertThat(ask("live")).isEqualTo("200 {\"status\":\"live\"}");
    assertThat(get(server)).startsWith("HTTP/1.1 200 OK").doesNotContain("Connection: close");
    closer.interrupt();
    closer.join();
    server.join();
    assertThat(getOrNothing(server)).isEmpty();
  }

  private static String get(Server server) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), server.localAddress().getPort())) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private static String getOrNothing(Server server) {
    try {
      return get(server);
    } catch (IOException e) {
      return "";
    }
  }

  @Test
  void checksDecideToo() throws Exception {
    AtomicBoolean up = new AtomicBoolean(true);
    health
        .check("cache", () -> true)
        .check("database", up::get)
        .check("queue", HealthTest::failUnlessUp);
    try (Server server = Server.builder().observer(health).listen(0, Connection::close).start()) {
      assertThat(server.isClosing()).isFalse();
      assertThat(ask("ready")).isEqualTo("503 {\"status\":\"not ready\",\"check\":\"queue\"}");
      up.set(false);
      assertThat(ask("ready")).isEqualTo("503 {\"status\":\"not ready\",\"check\":\"database\"}");
      up.set(true);
      health.check("queue", () -> true);
      assertThat(ask("ready")).isEqualTo("200 {\"status\":\"ready\"}");
      assertThat(ask("live")).startsWith("200 ");
    }
  }

  private static boolean failUnlessUp() throws IOException {
    throw new IOException("on purpose");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\"b", "a\n"})
  void aNameThatWouldBreakTheAnswerIsRefused(String name) {
    assertThatThrownBy(() -> health.check(name, () -> true))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
