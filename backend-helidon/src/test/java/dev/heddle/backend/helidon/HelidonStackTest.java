package dev.heddle.backend.helidon;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.ConnectionHandler;
import dev.heddle.Server;
import dev.heddle.ServerOptions;
import dev.heddle.tls.TestTls;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Helidon's HTTP, over every backend.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HelidonStackTest {

  static List<String> backends() {
    return Server.backends();
  }

  private static Server serve(String backend, HttpRouting.Builder routing) throws IOException {
    return Server.builder()
        .options(
            ServerOptions.builder().backend(backend).idleTimeout(Duration.ofSeconds(20)).build())
        .listen(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), HelidonStack.on(routing))
        .start();
  }

  private static HttpResponse<byte[]> exchange(
      HttpClient client, Server server, String path, byte[] body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.localAddress().getPort() + path))
            .method(body.length == 0 ? "GET" : "POST", BodyPublishers.ofByteArray(body))
            .build();
    return client.send(request, BodyHandlers.ofByteArray());
  }

  @ParameterizedTest
  @MethodSource("backends")
  void routesAreServedOnOneConnection(String backend) throws Exception {
    HttpRouting.Builder routing =
        HttpRouting.builder()
            .get("/port", (req, res) -> res.send(String.valueOf(req.remotePeer().port())))
            .post("/echo", (req, res) -> res.send(req.content().as(byte[].class)));
    byte[] body = new byte[1_000_000];
    new Random(1).nextBytes(body);
    try (Server server = serve(backend, routing);
        HttpClient client = HttpClient.newHttpClient()) {
      byte[] none = {};
      byte[] port = exchange(client, server, "/port", none).body();
      assertThat(exchange(client, server, "/echo", body).body()).isEqualTo(body);
      assertThat(exchange(client, server, "/missing", none).statusCode()).isEqualTo(404);
      assertThat(exchange(client, server, "/port", none).body()).isEqualTo(port);
      assertThat(server.statistics().accepted()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void itKnowsThatItIsWithinTls(String backend) throws Exception {
    HttpRouting.Builder routing =
        HttpRouting.builder().get("/", (req, res) -> res.send("secure: " + req.isSecure()));
    ConnectionHandler secured = TestTls.server().build().secure(HelidonStack.on(routing));
    try (Server server =
            Server.builder()
                .options(ServerOptions.builder().backend(backend).build())
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), secured)
                .start();
        HttpClient client = HttpClient.newBuilder().sslContext(TestTls.client()).build()) {
      URI uri = URI.create("https://127.0.0.1:" + server.localAddress().getPort() + "/");
      HttpResponse<String> response =
          client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      assertThat(response.body()).isEqualTo("secure: true");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void whatAHandlerWritesIsSentThoughItWaits(String backend) throws Exception {
    CountDownLatch received = new CountDownLatch(1);
    HttpRouting.Builder routing =
        HttpRouting.builder()
            .get(
                "/",
                (_, res) -> {
                  try (OutputStream out = res.outputStream()) {
                    out.write("first".getBytes(US_ASCII));
                    out.flush();
                    received.await();
                    out.write("second".getBytes(US_ASCII));
                  }
                });
    try (Server server = serve(backend, routing);
        Socket socket = get(server)) {
      StringBuilder text = new StringBuilder();
      while (text.indexOf("first") < 0) {
        text.append((char) socket.getInputStream().read());
      }
      received.countDown();
      while (text.indexOf("second") < 0) {
        text.append((char) socket.getInputStream().read());
      }
      assertThat(text).startsWith("HTTP/1.1 200");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void anIdleConnectionEndsWhenTheServerCloses(String backend) throws Exception {
    HttpRouting.Builder routing = HttpRouting.builder().get("/", (_, res) -> res.send("hi"));
    Server server = serve(backend, routing);
    try (Socket socket = get(server)) {
      StringBuilder text = new StringBuilder();
      while (text.indexOf("hi") < 0) {
        text.append((char) socket.getInputStream().read());
      }
      server.close();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      assertThat(server.statistics().failed()).isZero();
    }
  }

  private static Socket get(Server server) throws IOException {
    InetSocketAddress address = server.localAddress();
    Socket socket = new Socket(address.getAddress(), address.getPort());
    socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
    return socket;
  }
}
