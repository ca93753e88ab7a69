package dev.heddle.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.Server;
import dev.heddle.tls.Tls;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class TlsFlagsTest {
  /// A certificate for localhost, until 2126, and its key behind it, which "secret" opens. By
  /// OpenSSL: `req -x509 -newkey ed25519`, `pkcs8 -topk8`.
  private static final String CERTIFICATE_WITH_KEY =
      """
      -----BEGIN CERTIFICATE-----
      MIIBVTCCAQegAwIBAgIUVGNj3YQlX1zPKbvYtE0Oz58DPLUwBQYDK2VwMBQxEjAQ
      BgNVBAMMCWxvY2FsaG9zdDAgFw0yNjExMjEyMjMxMjZaGA8yMTI2MTAyODIyMzEy
      NlowFDESMBAGA1UEAwwJbG9jYWxob3N0MCowBQYDK2VwAyEAhBOV8/j+4FmkAgnx
      zDhf/a1vNFF/d/aqwFpQrTGQTyKjaTBnMB0GA1UdDgQWBBSjsZXdV3VXiOVWzK6m
      nNoCdS7u/zAfBgNVHSMEGDAWgBSjsZXdV3VXiOVWzK6mnNoCdS7u/zAPBgNVHRMB
      Af8EBTADAQH/MBQGA1UdEQQNMAuCCWxvY2FsaG9zdDAFBgMrZXADQQCkd0ZoysLB
      P0pEJRi6/WVWXf06y9JtnGy2l+Nj9eUgnqanUd1PUXajNAbsQNYtb3tsAsWZZ1bH
      3tEydRrB0GIF
      -----END CERTIFICATE-----
      -----BEGIN ENCRYPTED PRIVATE KEY-----
      MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAiHJ8JUzs43BQICCAAw
      DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEED5Q2UoyR80OGkR/abXViN4EQDkf
      qFOCkXFUh3qWQR0X5qriutfkydqzwnKdOThdVD0UsqRg1JlAw+XTjAB1SLch5/U3
      JBLaHskDkqbBmjTKPj4=
      -----END ENCRYPTED PRIVATE KEY-----
      """;

  @TempDir private Path folder;

  @Command(name = "program")
  private static final class Program implements Runnable {
    @Mixin private final TlsFlags flags = new TlsFlags();

    @Override
    public void run() {}
  }

  private static TlsFlags parse(String... args) {
    Program program = new Program();
    Defaults defaults = new Defaults(Map.of(), ConfigFile.NONE);
    Launcher.configure(new CommandLine(program), defaults).parseArgs(args);
    return program.flags;
  }

  @Test
  void withoutFlagsThereIsNoTls() {
    assertThat(parse().open()).isNull();
  }

  @Test
  void aDevelopmentCertificateTakesOneFlag() {
    try (Tls tls = parse("--tls-dev").open()) {
      assertThat(tls).isNotNull();
      assertThat(tls.description()).startsWith("a self-signed certificate for development");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --tls-dev --tls-cert=a           | --tls-cert, --tls-keystore and --tls-dev exclude each other
          --tls-key=a                      | --tls-key needs the certificate it belongs to
          --tls-cert=a,b --tls-key=a       | --tls-cert names 2 and --tls-key 1
          --tls-dev --tls-client-auth=need | --tls-client-auth needs to know whom to trust
          --tls-dev --tls-trust=a          | --tls-trust is about clients' certificates
          --tls-key-password=a             | there is no certificate to speak TLS by
          """)
  void combinationsThatMeanNothingAreRefused(String flags, String message) {
    assertThatThrownBy(() -> parse(flags.split(" ")).open())
        .isInstanceOfSatisfying(
            LaunchException.class, e -> assertThat(e.exitStatus()).isEqualTo(Launcher.USAGE))
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --tls-cert=/none/a.pem                            | can't read /none/a.pem: no such file
          --tls-keystore=/none/a.p12                        | can't read /none/a.p12: no such file
          --tls-cert=a --tls-key-password-file=/none/secret | --tls-key-password-file is '/none/secret': no such file
          --tls-dev --tls-client-auth=want --tls-trust=/none/t | can't read /none/t: no such file
          """)
  void filesThatAreMissingAreNamed(String flags, String message) {
    assertThatThrownBy(() -> parse(flags.split(" ")).open())
        .isInstanceOfSatisfying(
            LaunchException.class, e -> assertThat(e.exitStatus()).isEqualTo(Launcher.ENVIRONMENT))
        .hasMessage(message);
  }

  @Test
  void aPasswordOpensTheKeyThatIsBehindItsCertificate() throws Exception {
    Path file = Files.writeString(folder.resolve("both.pem"), CERTIFICATE_WITH_KEY);
    Path password = Files.writeString(folder.resolve("password"), "secret\n");
    for (String said :
        List.of("--tls-key-password=secret", "--tls-key-password-file=" + password)) {
      try (Tls tls = parse("--tls-cert=" + file, said).open()) {
        assertThat(tls).isNotNull();
        assertThat(tls.description()).startsWith("localhost until 2126-");
      }
    }
    assertThatThrownBy(() -> parse("--tls-cert=" + file, "--tls-key-password=wrong").open())
        .isInstanceOf(LaunchException.class)
        .hasMessage("wrong password for the key in " + file);
  }

  /// One server gives its peers the time of the flag, another one the ten seconds without it.
  @Test
  void aPeerThatBeginsNoHandshakeHasTheTimeOfTheFlag() throws Exception {
    try (Tls brief = parse("--tls-dev", "--tls-handshake-timeout=50ms").open();
        Tls usual = parse("--tls-dev").open();
        Server first = Server.listen(0, usual.secure(_ -> {}));
        Server second = Server.listen(0, brief.secure(_ -> {}));
        Socket waiting = new Socket(InetAddress.getLoopbackAddress(), port(first));
        Socket ended = new Socket(InetAddress.getLoopbackAddress(), port(second))) {
      assertThat(ended.getInputStream().read()).isNegative();
      waiting.setSoTimeout(1);
      assertThatThrownBy(() -> waiting.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  private static int port(Server server) {
    return server.localAddress().getPort();
  }

  @Test
  void versionsAreSaidWithOrWithoutTheirName() {
    assertThat(parse("--tls-protocols=1.3,TLSv1.2").protocols)
        .containsExactly("TLSv1.3", "TLSv1.2");
  }
}
