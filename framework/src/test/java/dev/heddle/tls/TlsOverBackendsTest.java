package dev.heddle.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.heddle.ConnectionHandler;
import dev.heddle.Server;
import dev.heddle.ServerOptions;
import dev.heddle.TestBackends;
import dev.heddle.TlsSession;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// TLS as the JDK's client sees it, on every backend.
@Tag("every-backend")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsOverBackendsTest {
  private static final ConnectionHandler ECHO = c -> c.input().transferTo(c.output());

  private static final TestCertificates CLIENT = TestTls.AUTHORITY.issue("client.example");

  @TempDir private Path folder;

  static List<String> backends() {
    return TestBackends.names();
  }

  private static Server serve(String backend, ConnectionHandler handler) throws IOException {
    return Server.builder()
        .options(ServerOptions.builder().backend(backend).grace(Duration.ofMillis(500)).build())
        .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), handler)
        .start();
  }

  private static Socket plain(Server server) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.localAddress().getPort());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static SSLSocket connect(Server server, SSLContext context) throws IOException {
    return over(plain(server), context);
  }

  private static SSLSocket over(Socket plain, SSLContext context) throws IOException {
    return (SSLSocket)
        context.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true);
  }

  private static String exchange(SSLSocket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
    return new String(socket.getInputStream().readNBytes(text.length()), US_ASCII);
  }

  /// A handler that echoes, and shows what its handshakes have agreed on.
  private static final class Sessions implements ConnectionHandler {
    private final BlockingQueue<TlsSession> seen = new LinkedBlockingQueue<>();

    @Override
    public void handle(dev.heddle.Connection connection) throws IOException {
      seen.add(connection.tls());
      ECHO.handle(connection);
    }

    TlsSession next() throws InterruptedException {
      return seen.poll(20, TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aHandlerSeesWhatWasAgreedOn(String backend) throws Exception {
    Sessions sessions = new Sessions();
    Tls tls = TestTls.server().applicationProtocols("http/1.1").build();
    try (Server server = serve(backend, tls.secure(sessions));
        SSLSocket socket = connect(server, TestTls.client())) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
      parameters.setServerNames(List.of(new SNIHostName("localhost")));
      socket.setSSLParameters(parameters);
      assertThat(exchange(socket, "hello")).isEqualTo("hello");
      assertThat(sessions.next())
          .isEqualTo(
              new TlsSession(
                  "TLSv1.3",
                  socket.getSession().getCipherSuite(),
                  "localhost",
                  "http/1.1",
                  List.of(),
                  false));
      assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aSessionIsResumed(String backend) throws Exception {
    for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
      Sessions sessions = new Sessions();
      Tls tls = TestTls.server().protocols(protocol).build();
      SSLContext client = TestTls.client();
      try (Server server = serve(backend, tls.secure(sessions))) {
        for (boolean resumed : new boolean[] {false, true, true}) {
          try (SSLSocket socket = connect(server, client)) {
            assertThat(exchange(socket, "hello")).isEqualTo("hello");
          }
          TlsSession session = sessions.next();
          assertThat(session.protocol()).isEqualTo(protocol);
          assertThat(session.resumed()).as(protocol).isEqualTo(resumed);
        }
        assertThat(tls.reload()).isTrue();
        try (SSLSocket socket = connect(server, client)) {
          assertThat(exchange(socket, "hello")).isEqualTo("hello");
          assertThat(sessions.next().resumed()).as("after a reload").isFalse();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void theCertificateIsChosenByTheHostThatIsAskedFor(String backend) throws Exception {
    Tls.Builder builder = Tls.builder();
    TestCertificates first = TestTls.AUTHORITY.issue("first.example");
    TestCertificates second =
        TestTls.AUTHORITY.issue("RSA", Duration.ofDays(1), "second.example", "*.second.example");
    add(builder, first, "first");
    add(builder, second, "second");
    Tls tls = builder.build();
    try (Server server = serve(backend, tls.secure(ECHO))) {
      assertThat(shownFor(server, "first.example")).isEqualTo(first.certificate());
      assertThat(shownFor(server, "SECOND.example")).isEqualTo(second.certificate());
      assertThat(shownFor(server, "www.second.example")).isEqualTo(second.certificate());
      assertThat(shownFor(server, "a.b.second.example")).isEqualTo(first.certificate());
      assertThat(shownFor(server, "other.example")).isEqualTo(first.certificate());
      assertThat(shownFor(server, null)).isEqualTo(first.certificate());
    }
  }

  private void add(Tls.Builder builder, TestCertificates one, String name) throws IOException {
    builder.certificate(
        one.writeCertificate(folder.resolve(name + ".pem")),
        one.writeKey(folder.resolve(name + ".key")));
  }

  private static X509Certificate shownFor(Server server, String host) throws IOException {
    try (Socket plain = plain(server);
        SSLSocket socket =
            (SSLSocket)
                TestTls.client()
                    .getSocketFactory()
                    .createSocket(plain, "127.0.0.1", plain.getPort(), true)) {
      if (host != null) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(host)));
        socket.setSSLParameters(parameters);
      }
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  private Tls mutual(ClientAuthentication kind) throws IOException {
    return TestTls.server()
        .clientAuthentication(
            kind, TestTls.AUTHORITY.writeCertificate(folder.resolve("authority.pem")))
        .build();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aClientsCertificateIsAskedForAndShownToTheHandler(String backend) throws Exception {
    Sessions sessions = new Sessions();
    SSLContext client = TestTls.client(TestTls.AUTHORITY, CLIENT);
    for (ClientAuthentication kind :
        List.of(ClientAuthentication.WANT, ClientAuthentication.NEED)) {
      try (Server server = serve(backend, mutual(kind).secure(sessions))) {
        for (boolean resumed : new boolean[] {false, true}) {
          try (SSLSocket socket = connect(server, client)) {
            assertThat(exchange(socket, "hello")).isEqualTo("hello");
            TlsSession session = sessions.next();
            assertThat(session.peerCertificates()).containsExactly(CLIENT.certificate());
            assertThat(session.resumed()).isEqualTo(resumed);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aClientWithoutACertificateIsServedOnlyWhereNoneIsNeeded(String backend) throws Exception {
    Sessions sessions = new Sessions();
    try (Server server = serve(backend, mutual(ClientAuthentication.WANT).secure(sessions));
        SSLSocket socket = connect(server, TestTls.client())) {
      assertThat(exchange(socket, "hello")).isEqualTo("hello");
      assertThat(sessions.next().peerCertificates()).isEmpty();
    }
    try (Server server = serve(backend, mutual(ClientAuthentication.NEED).secure(sessions));
        SSLSocket socket = connect(server, TestTls.client())) {
      assertThatIOException().isThrownBy(() -> exchange(socket, "hello"));
    }
    assertThat(sessions.seen).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aClientsCertificateOfSomebodyElseIsRefused(String backend) throws Exception {
    Sessions sessions = new Sessions();
    TestCertificates stranger = TestCertificates.authority("Stranger").issue("client.example");
    TestCertificates expired = TestTls.AUTHORITY.issue("EC", Duration.ofDays(-1), "client.example");
    for (ClientAuthentication kind :
        List.of(ClientAuthentication.WANT, ClientAuthentication.NEED)) {
      for (TestCertificates shown : List.of(stranger, expired)) {
        try (Server server = serve(backend, mutual(kind).secure(sessions));
            SSLSocket socket = connect(server, TestTls.showing(shown))) {
          assertThatIOException().isThrownBy(() -> exchange(socket, "hello"));
        }
      }
    }
    assertThat(sessions.seen).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aProtocolThatIsNotSpokenEndsTheHandshake(String backend) throws Exception {
    Tls only13 = TestTls.server().protocols("TLSv1.3").applicationProtocols("http/1.1").build();
    try (Server server = serve(backend, only13.secure(ECHO))) {
      try (SSLSocket socket = connect(server, TestTls.client())) {
        socket.setEnabledProtocols(new String[] {"TLSv1.2"});
        assertThatIOException()
            .isThrownBy(socket::startHandshake)
            .withMessageContaining("protocol_version");
      }
      try (SSLSocket socket = connect(server, TestTls.client())) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        assertThatIOException()
            .isThrownBy(socket::startHandshake)
            .withMessageContaining("no_application_protocol");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void plainHttpIsToldSo(String backend) throws Exception {
    Tls tls = TestTls.server().build();
    try (Server server = serve(backend, tls.secure(ECHO));
        Socket socket = plain(server)) {
      socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 400 Bad Request\r\n")
          .contains("\r\nConnection: close\r\n")
          .endsWith("use https:// in place of http://.\n");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void garbageIsAnsweredByAnAlert(String backend) throws Exception {
    AtomicInteger served = new AtomicInteger();
    Tls tls = TestTls.server().build();
    byte[][] all = {
      {22, 3, 1, 0, 5, 1, 2, 3, 4, 5},
      {22, 3, 1, 0, 4, 1, 0, 0, 0},
      {23, 3, 3, 0, 1, 0},
      {(byte) 0x80, 46, 1, 3, 1},
      {0, 0, 0, 0, 0},
    };
    try (Server server = serve(backend, tls.secure(_ -> served.incrementAndGet()))) {
      for (byte[] garbage : all) {
        try (Socket socket = plain(server)) {
          socket.getOutputStream().write(garbage);
          socket.shutdownOutput();
          byte[] answer = socket.getInputStream().readAllBytes();
          assertThat(answer).as("to %s", garbage).hasSizeBetween(0, 7);
          if (answer.length > 0) {
            assertThat(answer[0]).isEqualTo((byte) 21);
          }
        }
      }
    }
    assertThat(served).hasValue(0);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aHandshakeThatTakesTooLongEnds(String backend) throws Exception {
    AtomicInteger served = new AtomicInteger();
    Tls tls = TestTls.server().handshakeTimeout(Duration.ofMillis(200)).build();
    try (Server server = serve(backend, tls.secure(_ -> served.incrementAndGet()));
        Socket silent = plain(server);
        Socket slow = plain(server);
        Socket kept = plain(server)) {
      slow.getOutputStream().write(new byte[] {22, 3, 1, 1, 0, 1});
      assertThat(silent.getInputStream().read()).isNegative();
      assertThat(slow.getInputStream().readAllBytes().length).isLessThan(8);
      assertThat(kept.getInputStream().read()).isNegative();
    }
    assertThat(served).hasValue(0);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void afterTheHandshakeItsDeadlineIsForgotten(String backend) throws Exception {
    Tls tls = TestTls.server().handshakeTimeout(Duration.ofMillis(200)).build();
    try (Server server = serve(backend, tls.secure(ECHO));
        SSLSocket socket = connect(server, TestTls.client());
        Socket late = plain(server)) {
      assertThat(exchange(socket, "hello")).isEqualTo("hello");
      assertThat(late.getInputStream().read()).as("its deadline has passed").isNegative();
      assertThat(exchange(socket, "still")).isEqualTo("still");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aStreamThatIsCutIsAnErrorAndNoEnd(String backend) throws Exception {
    BlockingQueue<String> outcomes = new LinkedBlockingQueue<>();
    ConnectionHandler handler =
        c -> {
          try {
            outcomes.add("end after " + c.input().readAllBytes().length);
          } catch (IOException e) {
            outcomes.add(e.getClass().getSimpleName() + ": " + e.getMessage());
          }
        };
    Tls tls = TestTls.server().build();
    try (Server server = serve(backend, tls.secure(handler))) {
      for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
        try (Socket plain = plain(server);
            SSLSocket cut = over(plain, TestTls.client())) {
          cut.setEnabledProtocols(new String[] {protocol});
          cut.getOutputStream().write(new byte[10]);
          plain.shutdownOutput();
          assertThat(outcomes.poll(20, TimeUnit.SECONDS))
              .isEqualTo("SSLException: the stream was cut: it ended without close_notify");
        }
        try (SSLSocket whole = connect(server, TestTls.client())) {
          whole.setEnabledProtocols(new String[] {protocol});
          whole.getOutputStream().write(new byte[10]);
          whole.shutdownOutput();
          assertThat(outcomes.poll(20, TimeUnit.SECONDS)).isEqualTo("end after 10");
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void keysAreUpdatedButNotForEver(String backend) throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    ConnectionHandler handler =
        c -> {
          try {
            ECHO.handle(c);
          } finally {
            over.countDown();
          }
        };
    Tls tls = TestTls.server().protocols("TLSv1.3").build();
    try (Server server = serve(backend, tls.secure(handler));
        SSLSocket socket = connect(server, TestTls.client())) {
      for (int i = 0; i < 100; i++) {
        assertThat(exchange(socket, "hello")).isEqualTo("hello");
        socket.startHandshake(); // in TLS 1.3: new keys, and a request for new ones
      }
      assertThatIOException()
          .isThrownBy(
              () -> {
                for (int i = 0; i < 100_000; i++) {
                  socket.startHandshake();
                }
              });
      assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void renegotiationIsRefused(String backend) throws Exception {
    BlockingQueue<IOException> failures = new LinkedBlockingQueue<>();
    ConnectionHandler handler =
        c -> {
          try {
            ECHO.handle(c);
          } catch (IOException e) {
            failures.add(e);
          }
        };
    Tls tls = TestTls.server().build();
    try (Server server = serve(backend, tls.secure(handler));
        SSLSocket socket = connect(server, TestTls.client())) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      assertThat(exchange(socket, "hello")).isEqualTo("hello");
      assertThatIOException()
          .isThrownBy(
              () -> {
                socket.startHandshake();
                exchange(socket, "again");
              });
      assertThat(failures.poll(20, TimeUnit.SECONDS))
          .isInstanceOf(SSLException.class)
          .hasMessage("renegotiation is refused");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aConnectionThatBeganInTheClearIsSecured(String backend) throws Exception {
    Tls tls = TestTls.server().build();
    ConnectionHandler startTls =
        c -> {
          assertThat(c.tls()).isNull();
          c.output().write("220 ready\n".getBytes(US_ASCII));
          while (c.input().read() != '\n') {
            // STARTTLS
          }
          c.output().write("220 go\n".getBytes(US_ASCII));
          c.layer(tls);
          assertThat(c.tls()).isNotNull();
          assertThat(c.bytesRead()).isEqualTo(9);
          ECHO.handle(c);
        };
    try (Server server = serve(backend, startTls);
        Socket plain = plain(server)) {
      assertThat(new String(plain.getInputStream().readNBytes(10), US_ASCII))
          .isEqualTo("220 ready\n");
      plain.getOutputStream().write("STARTTLS\n".getBytes(US_ASCII));
      assertThat(new String(plain.getInputStream().readNBytes(7), US_ASCII)).isEqualTo("220 go\n");
      try (SSLSocket socket = over(plain, TestTls.client())) {
        assertThat(exchange(socket, "hello")).isEqualTo("hello");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void handshakesMayBeComputedElsewhere(String backend) throws Exception {
    BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
    Tls tls =
        TestTls.server().computeOn(task -> threads.add(Thread.ofPlatform().start(task))).build();
    try (Server server = serve(backend, tls.secure(ECHO));
        SSLSocket socket = connect(server, TestTls.client())) {
      assertThat(exchange(socket, "hello")).isEqualTo("hello");
    }
    assertThat(threads).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aClosingServerEndsWithCloseNotify(String backend) throws Exception {
    Tls tls = TestTls.server().build();
    try (Server server = serve(backend, tls.secure(ECHO));
        Socket plain = plain(server);
        SSLSocket socket = over(plain, TestTls.client())) {
      assertThat(exchange(socket, "hello")).isEqualTo("hello");
      Thread closer = Thread.ofVirtual().start(server::close);
      assertThat(socket.getInputStream().read()).isNegative();
      closer.join();
    }
  }
}
