package dev.heddle.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.Server;
import dev.heddle.ServerOptions;
import dev.heddle.TestBackends;
import dev.heddle.http.Http1;
import dev.heddle.http.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// HTTPS by the JDK's client, while certificates are replaced.
@Tag("every-backend")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReloadTest {
  private static final TestCertificates ONE = TestTls.AUTHORITY.issue("localhost");
  private static final TestCertificates OTHER =
      TestTls.AUTHORITY.issue("RSA", Duration.ofDays(1), "localhost");

  @TempDir private Path folder;

  static List<String> backends() {
    return TestBackends.names();
  }

  private Path chain() {
    return folder.resolve("chain.pem");
  }

  private Path key() {
    return folder.resolve("key.pem");
  }

  private Tls.Builder builder(TestCertificates first) throws IOException {
    return Tls.builder()
        .certificate(first.writeCertificate(chain()), first.writeKey(key()))
        .applicationProtocols("http/1.1");
  }

  private static Server serve(String backend, Tls tls) throws IOException {
    Http1 echo =
        Http1.of(
            request ->
                Response.bytes(
                    request.scheme() + "/" + request.tls().applicationProtocol(),
                    request.body().limit(10_000_000).bytes()));
    return Server.builder()
        .options(ServerOptions.builder().backend(backend).grace(Duration.ofSeconds(2)).build())
        .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), tls.secure(echo))
        .start();
  }

  private static HttpResponse<byte[]> post(HttpClient client, Server server, byte[] body)
      throws Exception {
    URI uri = URI.create("https://localhost:" + server.localAddress().getPort() + "/");
    return client.send(
        HttpRequest.newBuilder(uri).POST(BodyPublishers.ofByteArray(body)).build(),
        BodyHandlers.ofByteArray());
  }

  private static HttpClient client() {
    return HttpClient.newBuilder().sslContext(TestTls.client()).build();
  }

  private static Certificate shown(Server server) throws IOException {
    try (Socket plain =
            new Socket(InetAddress.getLoopbackAddress(), server.localAddress().getPort());
        SSLSocket socket =
            (SSLSocket)
                TestTls.client().getSocketFactory().createSocket(plain, "localhost", 0, true)) {
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void requestsOverTlsAreAnswered(String backend) throws Exception {
    byte[] large = new byte[3_000_000];
    new Random(1).nextBytes(large);
    try (Tls tls = builder(ONE).build();
        Server server = serve(backend, tls);
        HttpClient client = client()) {
      for (byte[] body : new byte[][] {{}, {1}, large}) {
        HttpResponse<byte[]> response = post(client, server, body);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(body);
        assertThat(response.headers().firstValue("Content-Type")).contains("https/http/1.1");
        assertThat(response.sslSession()).isPresent();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void noRequestFailsWhileCertificatesAreReplaced(String backend) throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    try (Tls tls = builder(ONE).build();
        Server server = serve(backend, tls);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Integer> load =
          () -> {
            int served = 0;
            while (!over.get() || served == 0) {
              try (HttpClient client = client()) { // each shakes hands anew
                for (int i = 0; i < 3; i++) {
                  assertThat(post(client, server, new byte[1000]).statusCode()).isEqualTo(200);
                  served++;
                }
              }
            }
            return served;
          };
      List<Future<Integer>> loads = List.of(threads.submit(load), threads.submit(load));
      for (int i = 0; i < 10; i++) {
        TestCertificates next = i % 2 == 0 ? OTHER : ONE;
        next.writeCertificate(chain());
        next.writeKey(key());
        assertThat(tls.reload()).isTrue();
        assertThat(shown(server)).isEqualTo(next.certificate());
      }
      over.set(true);
      for (Future<Integer> each : loads) {
        assertThat(each.get()).isPositive();
      }
    }
  }

  @Test
  void openConnectionsGoOnWithWhatTheyHave() throws Exception {
    try (Tls tls = builder(ONE).build();
        Server server = serve("virtual", tls);
        HttpClient client = client()) {
      assertThat(post(client, server, new byte[1]).statusCode()).isEqualTo(200);
      OTHER.writeCertificate(chain());
      OTHER.writeKey(key());
      assertThat(tls.reload()).isTrue();
      HttpResponse<byte[]> response = post(client, server, new byte[1]);
      assertThat(response.sslSession().orElseThrow().getPeerCertificates()[0])
          .isEqualTo(ONE.certificate());
      assertThat(server.statistics().accepted()).isEqualTo(1);
    }
  }

  @Test
  void filesThatAreWrongChangeNothingAndAreTold() throws Exception {
    try (Listening log = new Listening();
        Tls tls = builder(ONE).build();
        Server server = serve("virtual", tls)) {
      OTHER.writeCertificate(chain());
      assertThat(tls.reload()).isFalse();
      assertThat(log.messages())
          .containsExactly(
              "WARNING certificates were not replaced, those read before stay in use: the key does"
                  + " not belong to the certificate in "
                  + chain()
                  + " (the first one, if there are several)");
      assertThat(shown(server)).isEqualTo(ONE.certificate());
      OTHER.writeKey(key());
      assertThat(tls.reload()).isTrue();
      assertThat(log.messages()).hasSize(2).last().asString().startsWith("INFO certificates were");
      assertThat(shown(server)).isEqualTo(OTHER.certificate());
    }
  }

  @Test
  void changedFilesAreSeenThoughALinkLeadsToThem() throws Exception {
    Path versions = Files.createDirectories(folder.resolve("one"));
    Path link = Files.createSymbolicLink(folder.resolve("current"), versions);
    ONE.writeCertificate(link.resolve("chain.pem"));
    ONE.writeKey(link.resolve("key.pem"));
    Path other = Files.createDirectories(folder.resolve("other"));
    OTHER.writeCertificate(other.resolve("chain.pem"));
    OTHER.writeKey(other.resolve("key.pem"));
    try (Tls tls =
            Tls.builder()
                .certificate(link.resolve("chain.pem"), link.resolve("key.pem"))
                .reloadOnChange(Duration.ofMillis(10))
                .build();
        Server server = serve("virtual", tls)) {
      assertThat(shown(server)).isEqualTo(ONE.certificate());
      Path next = Files.createSymbolicLink(folder.resolve("next"), other);
      Files.move(next, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      while (!shown(server).equals(OTHER.certificate())) {
        Thread.onSpinWait();
      }
    }
  }
}
