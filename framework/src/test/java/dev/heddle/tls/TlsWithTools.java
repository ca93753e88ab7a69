package dev.heddle.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.Server;
import dev.heddle.ServerOptions;
import dev.heddle.http.Http1;
import dev.heddle.http.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What curl and OpenSSL make of us. Run by name, where they are installed: `mvn -B -pl framework
/// test -Dtest='*WithTools'`.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsWithTools {
  @TempDir private Path folder;
  private Path authority;

  @BeforeEach
  void writeAuthority() throws IOException {
    authority = TestTls.AUTHORITY.writeCertificate(folder.resolve("authority.pem"));
  }

  static List<String> backends() {
    return Server.backends();
  }

  private static Server serve(String backend, Tls tls) throws IOException {
    Http1 http = Http1.of(request -> Response.bytes("a/b", request.body().limit(1 << 24).bytes()));
    return Server.builder()
        .options(ServerOptions.builder().backend(backend).build())
        .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), tls.secure(http))
        .start();
  }

  private record Ran(int exitStatus, String output) {}

  private Ran run(String input, List<String> command) throws IOException, InterruptedException {
    Path in = Files.writeString(folder.resolve("in"), input);
    Path out = folder.resolve("out");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ends", command).isTrue();
    return new Ran(process.exitValue(), Files.readString(out, StandardCharsets.ISO_8859_1));
  }

  private Ran openssl(Server server, String input, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("openssl", "s_client", "-CAfile", "" + authority));
    command.addAll(List.of("-connect", "127.0.0.1:" + server.localAddress().getPort()));
    command.addAll(List.of("-servername", "localhost", "-verify_return_error"));
    command.addAll(List.of(arguments));
    return run(input, command);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void curlUploadsAndDownloads(String backend) throws Exception {
    String body = "0123456789".repeat(300_000);
    Path upload = Files.writeString(folder.resolve("upload"), body);
    Tls tls = TestTls.server().applicationProtocols("http/1.1").build();
    try (Server server = serve(backend, tls)) {
      String port = Integer.toString(server.localAddress().getPort());
      for (String version : List.of("--tlsv1.3", "--tls-max=1.2")) {
        List<String> command = new ArrayList<>(List.of("curl", "-q", "-sS", "--fail", "-m", "60"));
        command.addAll(List.of("--noproxy", "*", "--cacert", "" + authority));
        command.addAll(List.of(version.split("=")));
        command.addAll(List.of("--data-binary", "@" + upload, "https://localhost:" + port + "/"));
        Ran ran = run("", command);
        assertThat(ran.exitStatus).as(ran.output).isZero();
        assertThat(ran.output).isEqualTo(body);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_3", "-tls1_2", "-tls1_2 -no_ticket"})
  void opensslResumesASession(String flags) throws Exception {
    Tls tls = TestTls.server().build();
    String session = folder.resolve("session").toString();
    String request = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    try (Server server = serve("virtual", tls)) {
      List<String> base = new ArrayList<>(List.of(flags.split(" ")));
      base.add("-ign_eof");
      List<String> first = new ArrayList<>(base);
      first.addAll(List.of("-sess_out", session));
      Ran full = openssl(server, request, first.toArray(String[]::new));
      assertThat(full.output).contains("New, TLS", "HTTP/1.1 200 OK").contains("Verification: OK");
      List<String> second = new ArrayList<>(base);
      second.addAll(List.of("-sess_in", session));
      Ran resumed = openssl(server, request, second.toArray(String[]::new));
      assertThat(resumed.output).contains("Reused, TLS", "HTTP/1.1 200 OK");
    }
  }

  @Test
  void opensslIsRefusedARenegotiation() throws Exception {
    try (Server server = serve("virtual", TestTls.server().build())) {
      Ran ran = openssl(server, "R\n", "-tls1_2");
      assertThat(ran.output).contains("RENEGOTIATING").doesNotContain("HTTP/1.1");
      assertThat(ran.exitStatus).isNotZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-tls1_1 -cipher ALL:@SECLEVEL=0",
        "-tls1_2 -cipher ECDHE-ECDSA-AES128-SHA",
        "-tls1_2 -cipher ECDHE-ECDSA-AES128-SHA256"
      })
  void whatIsWeakIsRefused(String flags) throws Exception {
    try (Server server = serve("virtual", TestTls.server().build())) {
      assertThat(openssl(server, "", flags.split(" ")).exitStatus).isNotZero();
      assertThat(openssl(server, "", "-tls1_2").exitStatus).isZero();
    }
  }

  @Test
  void keysThatOpensslMadeAreRead() throws Exception {
    Path key = folder.resolve("key.pem");
    Path chain = folder.resolve("chain.pem");
    for (String kind : List.of("rsa:2048", "ec -pkeyopt ec_paramgen_curve:P-384", "ed25519")) {
      List<String> make = new ArrayList<>(List.of("openssl", "req", "-x509", "-newkey"));
      make.addAll(List.of(kind.split(" ")));
      make.addAll(List.of("-keyout", "" + key, "-out", "" + chain, "-subj", "/CN=localhost"));
      make.addAll(List.of("-passout", "pass:secret"));
      assertThat(run("", make).exitStatus).isZero();
      Path encrypted = folder.resolve("encrypted.pem");
      List<String> encrypt =
          new ArrayList<>(List.of("openssl", "pkcs8", "-topk8", "-in", "" + key));
      encrypt.addAll(List.of("-out", "" + encrypted, "-v2", "aes-256-cbc"));
      encrypt.addAll(List.of("-passin", "pass:secret", "-passout", "pass:secret"));
      assertThat(run("", encrypt).exitStatus).isZero();
      assertThat(Tls.builder().certificate(chain, encrypted, "secret").build().description())
          .startsWith("CN=localhost until ");
      Path plain = folder.resolve("plain.pem");
      List<String> convert = new ArrayList<>(List.of("openssl", "pkey", "-in", "" + key));
      if (!kind.equals("ed25519")) {
        convert.add("-traditional"); // PKCS #1 and SEC 1 have no such keys
      }
      convert.addAll(List.of("-out", "" + plain, "-passin", "pass:secret"));
      assertThat(run("", convert).exitStatus).isZero();
      Tls.builder().certificate(chain, plain).build();
      Path store = folder.resolve("store.p12");
      List<String> export = new ArrayList<>(List.of("openssl", "pkcs12", "-export", "-inkey"));
      export.addAll(List.of("" + plain, "-in", "" + chain, "-out", "" + store));
      export.addAll(List.of("-passout", "pass:secret"));
      assertThat(run("", export).exitStatus).isZero();
      Tls.builder().keyStore(store, "secret").build();
    }
  }
}
