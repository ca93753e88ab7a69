package dev.heddle.demo.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.launcher.program.AnyCertificate;
import dev.heddle.launcher.program.Program;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the JVM is told beside the program: to record it, and to start it from a cache.
class JvmFlagsIT {
  private static final String JAR = System.getProperty("executable.jar");
  private static final long PATIENCE_SECONDS = 120;

  @TempDir private Path folder;

  private Process java(String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(args));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(Redirect.to(folder.resolve("said").toFile()))
        .start();
  }

  private void assertEndsWell(Process process) throws IOException, InterruptedException {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("said"))).isZero();
  }

  /// Runs the jar, asks it for one answer, and ends it.
  private void serveOnce(String... flags) throws Exception {
    int port = freePort();
    List<String> args = new ArrayList<>(List.of(flags));
    args.addAll(List.of("-jar", JAR, "--port=" + port));
    Process process = java(args.toArray(String[]::new));
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + port + "/plaintext");
      assertThat(get(http, uri, process)).isEqualTo(200);
      process.toHandle().destroy();
      assertEndsWell(process);
    } finally {
      process.destroyForcibly();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }

  private static int get(HttpClient http, URI uri, Process process) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    for (; ; ) {
      try {
        return http.send(request, BodyHandlers.ofString()).statusCode();
      } catch (ConnectException e) {
        assertThat(process.isAlive()).isTrue(); // it does not listen yet
      }
    }
  }

  @Test
  void itsRequestsAreInARecordingWithTheSettingsThatItsJarHolds() throws Exception {
    Path settings = folder.resolve("heddle.jfc");
    try (JarFile jar = new JarFile(JAR);
        InputStream in = jar.getInputStream(jar.getEntry("heddle.jfc"))) {
      Files.copy(in, settings);
    }
    Path file = folder.resolve("heddle.jfr");
    serveOnce("-XX:StartFlightRecording:settings=%s,filename=%s".formatted(settings, file));
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);
    assertThat(events)
        .filteredOn(event -> event.getEventType().getName().equals("heddle.Request"))
        .singleElement()
        .satisfies(event -> assertThat(event.getString("route")).isEqualTo("/plaintext"));
    assertThat(events)
        .extracting(event -> event.getEventType().getName())
        .contains("heddle.Connection");
  }

  /// Told to, the JVM ends where it can't use the cache.
  @Test
  void itStartsFromTheCacheThatItsRehearsalLeaves() throws Exception {
    Path cache = folder.resolve("demo.aot");
    assertEndsWell(
        java("-XX:AOTCacheOutput=" + cache, "-cp", JAR, "dev.heddle.launcher.Rehearsal"));
    assertThat(cache).isNotEmptyFile();
    serveOnce("-XX:AOTCache=" + cache, "-XX:AOTMode=on");
  }

  /// As an image of them has no others.
  @ParameterizedTest
  @MethodSource("dev.heddle.Server#backends")
  void itNeedsNoOtherModulesThanTheDocumentNames(String backend) throws Exception {
    Matcher modules =
        Pattern.compile("jlink --add-modules (\\S+)")
            .matcher(Files.readString(Path.of("../docs/operations.md")));
    assertThat(modules.find()).isTrue();
    List<String> jvm = List.of("--limit-modules=" + modules.group(1), "-jar", JAR);
    try (Program program =
            Program.start(
                jvm, Map.of(), "--backend=" + backend, "--port=0", "--admin-port=0", "--tls-dev");
        HttpClient http = HttpClient.newBuilder().sslContext(AnyCertificate.context()).build()) {
      URI plaintext = program.uri("https", "/plaintext");
      HttpRequest request = HttpRequest.newBuilder(plaintext).build();
      assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      HttpRequest metrics = HttpRequest.newBuilder(program.adminUri("/metrics")).build();
      assertThat(http.send(metrics, BodyHandlers.ofString()).body())
          .contains("heddle_http_requests_total{route=\"/plaintext\"");
      program.terminate();
      assertThat(program.exitStatus()).isZero(); // it drains, and is not just ended by the JVM
    }
  }
}
