package dev.heddle.demo.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.Server;
import dev.heddle.launcher.program.AnyCertificate;
import dev.heddle.launcher.program.Program;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The demo over TLS, by its development certificate.
class HttpsIT {
  static List<String> backends() {
    return Server.backends();
  }

  private static SSLSocket connect(Program program) throws Exception {
    Socket plain = program.connect();
    return (SSLSocket)
        AnyCertificate.context()
            .getSocketFactory()
            .createSocket(plain, "localhost", plain.getPort(), true);
  }

  private static String fingerprint(Certificate certificate) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
    return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
  }

  private static String get(SSLSocket socket, String target) throws Exception {
    socket
        .getOutputStream()
        .write(
            "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                .formatted(target)
                .getBytes(StandardCharsets.US_ASCII));
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aDevelopmentCertificateIsShownAndSaidToBeOne(String backend) throws Exception {
    try (Program program = Program.startOn(backend, "--tls-dev");
        SSLSocket socket = connect(program)) {
      assertThat(program.await(line -> line.contains(" on 127.0.0.1:"))).contains(" | tls |");
      socket.startHandshake();
      Certificate shown = socket.getSession().getPeerCertificates()[0];
      assertThat(program.await(line -> line.contains("--tls-dev")))
          .contains("WARNING", "for development", fingerprint(shown));
      assertThat(get(socket, "/headers")).startsWith("HTTP/1.1 200 OK\r\n").contains("TLSv1.3 ");
    }
  }

  @Test
  void sighupReadsTheCertificatesAgain() throws Exception {
    try (Program program = Program.start("--port=0", "--tls-dev")) {
      program.port();
      program.signal("HUP");
      assertThat(program.await(line -> line.contains("certificates were read again")))
          .contains("INFO");
      program.terminate();
      assertThat(program.exitStatus()).isZero();
    }
  }
}
