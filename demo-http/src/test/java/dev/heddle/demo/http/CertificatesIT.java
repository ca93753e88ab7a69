package dev.heddle.demo.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.heddle.Server;
import dev.heddle.launcher.program.AnyCertificate;
import dev.heddle.launcher.program.Program;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the flags `--tls-*` ask for, with certificates from files.
class CertificatesIT {
  @TempDir private static Path made;
  private static KeyFiles first;
  private static KeyFiles second;
  private static KeyFiles next;

  @TempDir Path folder;

  @BeforeAll
  static void make() throws Exception {
    first = KeyFiles.make(made, "first.example");
    second = KeyFiles.make(made, "second.example");
    next = KeyFiles.make(made, "next.example");
  }

  static List<String> backends() {
    return Server.backends();
  }

  /// A connection to a host that has shaken hands.
  private static SSLSocket connect(Program program, String host, SSLContext context)
      throws Exception {
    Socket plain = program.connect();
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(plain, host, plain.getPort(), true);
    socket.startHandshake();
    return socket;
  }

  private static SSLSocket connect(Program program, String host) throws Exception {
    return connect(program, host, AnyCertificate.context());
  }

  private static Certificate shown(SSLSocket socket) throws Exception {
    return socket.getSession().getPeerCertificates()[0];
  }

  private static Certificate shown(Program program, String host) throws Exception {
    try (SSLSocket socket = connect(program, host)) {
      return shown(socket);
    }
  }

  private static void assertAnswers(SSLSocket socket) throws Exception {
    socket.getOutputStream().write("GET /plaintext HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
    StringBuilder answer = new StringBuilder();
    while (answer.indexOf("Hello, World!") < 0) {
      int octet = socket.getInputStream().read();
      assertThat(octet).as(answer.toString()).isNotNegative();
      answer.append((char) octet);
    }
    assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n");
  }

  /// Files of a test's own, to be written over.
  private KeyFiles copyOfFirst() throws Exception {
    KeyFiles copy =
        new KeyFiles(
            first.keys(), first.store(), folder.resolve("chain.pem"), folder.resolve("key.pem"));
    first.replace(copy);
    return copy;
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aHostIsShownItsOwnAndSighupReplacesItBehindOpenConnections(String backend) throws Exception {
    KeyFiles served = copyOfFirst();
    try (Program program =
            Program.startOn(
                backend,
                "--tls-cert=" + served.chain() + "," + second.chain(),
                "--tls-key=" + served.key() + "," + second.key(),
                "--tls-reload=0");
        SSLSocket kept = connect(program, "first.example")) {
      assertThat(shown(kept)).isEqualTo(first.certificate());
      assertThat(shown(program, "second.example")).isEqualTo(second.certificate());
      next.replace(served);
      program.signal("HUP");
      program.await(line -> line.contains("certificates were read again: next.example"));
      assertThat(shown(program, "next.example")).isEqualTo(next.certificate());
      assertAnswers(kept);
    }
  }

  @Test
  void filesThatChangeAreReadAgainWithoutASignal() throws Exception {
    KeyFiles served = copyOfFirst();
    try (Program program =
        Program.start(
            "--port=0",
            "--tls-cert=" + served.chain(),
            "--tls-key=" + served.key(),
            "--tls-reload=50ms")) {
      assertThat(shown(program, "first.example")).isEqualTo(first.certificate());
      next.replace(served);
      program.await(line -> line.contains("certificates were read again: next.example"));
      assertThat(shown(program, "next.example")).isEqualTo(next.certificate());
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void whoeverShowsNoTrustedCertificateIsRefusedWhereOneIsNeeded(String backend) throws Exception {
    Map<String, String> environment = Map.of("HEDDLE_TLS_KEY_PASSWORD", KeyFiles.PASSWORD);
    try (Program program =
        Program.start(
            environment,
            "--backend=" + backend,
            "--port=0",
            "--tls-keystore=" + first.store(),
            "--tls-client-auth=need",
            "--tls-trust=" + second.chain(),
            "--tls-protocols=1.2")) {
      try (SSLSocket socket = connect(program, "first.example", second.client())) {
        assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
        assertThat(shown(socket)).isEqualTo(first.certificate());
        assertAnswers(socket);
      }
      assertThatIOException().isThrownBy(() -> connect(program, "first.example"));
      assertThatIOException().isThrownBy(() -> connect(program, "first.example", next.client()));
    }
  }

  @Test
  void aPasswordMayBeInAFile() throws Exception {
    Path password = Files.writeString(folder.resolve("password"), KeyFiles.PASSWORD + "\n");
    try (Program program =
        Program.start(
            "--port=0", "--tls-keystore=" + first.store(), "--tls-key-password-file=" + password)) {
      assertThat(shown(program, "first.example")).isEqualTo(first.certificate());
    }
  }
}
