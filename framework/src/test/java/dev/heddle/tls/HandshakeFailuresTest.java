package dev.heddle.tls;

import static dev.heddle.HandshakeFailure.CERTIFICATE;
import static dev.heddle.HandshakeFailure.MALFORMED;
import static dev.heddle.HandshakeFailure.NO_COMMON_GROUND;
import static dev.heddle.HandshakeFailure.PEER_LEFT;
import static dev.heddle.HandshakeFailure.PLAIN_HTTP;
import static dev.heddle.HandshakeFailure.REFUSED_BY_PEER;
import static dev.heddle.HandshakeFailure.TIMEOUT;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.Connection;
import dev.heddle.HandshakeFailure;
import dev.heddle.Observer;
import dev.heddle.Server;
import dev.heddle.ServerOptions;
import dev.heddle.TestBackends;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A handshake that comes to nothing is told to the observer, once, with the reason.
@Tag("every-backend")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HandshakeFailuresTest {
  private static final byte[] HALF_A_HELLO = {22, 3, 1, 1, 0, 1};

  @TempDir private Path folder;

  private final BlockingQueue<HandshakeFailure> told = new LinkedBlockingQueue<>();
  private final BlockingQueue<Connection> closed = new LinkedBlockingQueue<>();

  static List<String> backends() {
    return TestBackends.names();
  }

  private Server serve(String backend, Tls tls) throws IOException {
    Observer observer =
        new Observer() {
          @Override
          public void handshakeFailed(Connection connection, HandshakeFailure failure) {
            told.add(failure);
          }

          @Override
          public void connectionClosed(Connection connection) {
            closed.add(connection);
          }
        };
    return Server.builder()
        .options(ServerOptions.builder().backend(backend).grace(Duration.ofMillis(500)).build())
        .observer(observer)
        .listen(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            tls.secure(c -> c.input().transferTo(c.output())))
        .start();
  }

  /// What a peer does with its connection, which may fail.
  private interface Visit {
    void make(Socket socket) throws IOException;
  }

  /// What was told of a visit, when its connection has ended.
  private List<HandshakeFailure> toldOf(Server server, Visit visit) throws Exception {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), server.localAddress().getPort())) {
      socket.setSoTimeout(20_000);
      visit.make(socket);
    } catch (IOException e) {
      // as may be
    }
    assertThat(closed.poll(20, TimeUnit.SECONDS)).isNotNull();
    List<HandshakeFailure> all = List.copyOf(told);
    told.clear();
    return all;
  }

  private static void greet(Socket socket, SSLContext context, String... protocols)
      throws IOException {
    SSLSocket secured =
        (SSLSocket)
            context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
    if (protocols.length > 0) {
      secured.setEnabledProtocols(protocols);
    }
    secured.getOutputStream().write('x');
    assertThat(secured.getInputStream().read()).isEqualTo('x');
  }

  @ParameterizedTest
  @MethodSource("backends")
  void theReasonIsTold(String backend) throws Exception {
    Tls tls = TestTls.server().protocols("TLSv1.3").build();
    try (Server server = serve(backend, tls)) {
      assertThat(toldOf(server, socket -> greet(socket, TestTls.client()))).isEmpty();
      assertThat(toldOf(server, socket -> greet(socket, TestTls.client(), "TLSv1.2")))
          .containsExactly(NO_COMMON_GROUND);
      assertThat(
              toldOf(
                  server,
                  socket ->
                      greet(socket, TestTls.client(TestCertificates.authority("Other"), null))))
          .containsExactly(REFUSED_BY_PEER);
      assertThat(toldOf(server, socket -> socket.getOutputStream().write(HALF_A_HELLO)))
          .containsExactly(PEER_LEFT);
      assertThat(
              toldOf(
                  server,
                  socket -> {
                    socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
                    socket.getInputStream().readAllBytes();
                  }))
          .containsExactly(PLAIN_HTTP);
      assertThat(
              toldOf(
                  server,
                  socket -> {
                    socket.getOutputStream().write(new byte[] {22, 3, 1, 0, 4, 1, 0, 0, 0});
                    socket.getInputStream().readAllBytes();
                  }))
          .containsExactly(MALFORMED);
      assertThat(
              toldOf(
                  server,
                  socket -> {
                    socket.getOutputStream().write(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
                    socket.getInputStream().readAllBytes();
                  }))
          .containsExactly(MALFORMED);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void whoHasBegunNoneHasFailedInNone(String backend) throws Exception {
    try (Server server = serve(backend, TestTls.server().build())) {
      assertThat(toldOf(server, _ -> {})).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void oneThatTakesTooLongIsTold(String backend) throws Exception {
    Tls tls = TestTls.server().handshakeTimeout(Duration.ofMillis(100)).build();
    try (Server server = serve(backend, tls)) {
      assertThat(
              toldOf(
                  server,
                  socket -> {
                    socket.getOutputStream().write(HALF_A_HELLO);
                    socket.getInputStream().readAllBytes();
                  }))
          .containsExactly(TIMEOUT);
      assertThat(toldOf(server, socket -> socket.getInputStream().readAllBytes())).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aCertificateThatIsMissingOrNotTrustedIsTold(String backend) throws Exception {
    Tls tls =
        TestTls.server()
            .clientAuthentication(
                ClientAuthentication.NEED,
                TestTls.AUTHORITY.writeCertificate(folder.resolve("authority.pem")))
            .build();
    TestCertificates stranger = TestCertificates.authority("Stranger").issue("client.example");
    try (Server server = serve(backend, tls)) {
      assertThat(toldOf(server, socket -> greet(socket, TestTls.client())))
          .containsExactly(CERTIFICATE);
      assertThat(toldOf(server, socket -> greet(socket, TestTls.showing(stranger))))
          .containsExactly(CERTIFICATE);
    }
  }
}
