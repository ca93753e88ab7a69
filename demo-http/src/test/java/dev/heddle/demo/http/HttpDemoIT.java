package dev.heddle.demo.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.Server;
import dev.heddle.launcher.program.Program;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The server at work, over every backend, seen by the JDK's client.
class HttpDemoIT {
  private static final int UPLOAD = 50_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir Path folder;

  static List<String> backends() {
    return Server.backends();
  }

  private static HttpRequest.Builder request(Program program, String target) throws Exception {
    return HttpRequest.newBuilder(program.uri(target)).timeout(PATIENCE);
  }

  private HttpResponse<String> get(Program program, String target) throws Exception {
    return client.send(request(program, target).build(), BodyHandlers.ofString());
  }

  private static void assertAnswer(HttpResponse<String> response, int status, String body) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).isEqualTo(body);
  }

  @AfterEach
  void close() {
    client.shutdownNow();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void everyRouteAnswersOnOneConnection(String backend) throws Exception {
    try (Program program = Program.startOn(backend)) {
      HttpResponse<String> plaintext = get(program, "/plaintext");
      assertAnswer(plaintext, 200, "Hello, World!");
      assertThat(plaintext.headers().firstValue("Content-Type"))
          .hasValue("text/plain; charset=utf-8");
      assertAnswer(get(program, "/json"), 200, "{\"message\":\"Hello, World!\"}");
      assertAnswer(get(program, "/sleep/10"), 200, "slept 10 ms\n");
      assertAnswer(get(program, "/files/hello.txt"), 200, "Hello from a file.\n");
      assertAnswer(
          client.send(
              request(program, "/echo").POST(BodyPublishers.ofString("heddle")).build(),
              BodyHandlers.ofString()),
          200,
          "heddle");
      assertThat(get(program, "/").body()).contains("Heddle at work", "/live.js", "/style.css");
      for (String part : List.of("/live.js", "/style.css", "/icon.svg", "/files/")) {
        assertThat(get(program, part).statusCode()).as(part).isEqualTo(200);
      }
      assertThat(get(program, "/nowhere").statusCode()).isEqualTo(404);
      HttpResponse<String> last = get(program, "/plaintext");
      assertThat(last.connectionLabel()).isPresent().isEqualTo(plaintext.connectionLabel());
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void anUploadLargerThanTheHeapIsCounted(String backend) throws Exception {
    List<String> small = List.of("-Xmx40m", "-jar", Program.JAR.toString());
    try (Program program = Program.start(small, Map.of(), "--backend=" + backend, "--port=0")) {
      HttpRequest upload =
          request(program, "/upload")
              .PUT(BodyPublishers.ofInputStream(() -> new Zeros(UPLOAD)))
              .build();
      assertAnswer(client.send(upload, BodyHandlers.ofString()), 200, "{\"bytes\":" + UPLOAD + "}");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aStreamEndsWhenItsClientLeaves(String backend) throws Exception {
    try (Program program = Program.startOn(backend, "--access-log=json")) {
      HttpRequest stream = request(program, "/stream").build();
      try (BufferedReader lines =
          reader(client.send(stream, BodyHandlers.ofInputStream()).body())) {
        assertThat(lines.readLine()).isEqualTo("tick 1");
        assertThat(lines.readLine()).isEqualTo("tick 2");
      }
      // The log has the line when the stream has ended.
      assertThat(program.await(line -> line.contains("\"/stream\""))).contains("\"status\":200");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void eventsTellWhatTheServerIsAndDoes(String backend) throws Exception {
    try (Program program =
        Program.startOn(backend, "--keep-alive-timeout=5s", "--keep-alive-max=7")) {
      HttpRequest events = request(program, "/events").build();
      get(program, "/plaintext");
      try (BufferedReader lines =
          reader(client.send(events, BodyHandlers.ofInputStream()).body())) {
        assertThat(event(lines, "about"))
            .contains("\"backend\":\"" + backend + "\"", "\"keepAliveMax\":7");
        assertThat(event(lines, "sample")).contains("\"connections\":", "\"requests\":");
      }
    }
  }

  /// The page opens its events first: from then on requests are timed.
  @ParameterizedTest
  @MethodSource("backends")
  void eventsTellHowLongRequestsTake(String backend) throws Exception {
    try (Program program = Program.startOn(backend)) {
      HttpRequest events = request(program, "/events").build();
      try (BufferedReader lines =
          reader(client.send(events, BodyHandlers.ofInputStream()).body())) {
        event(lines, "about");
        get(program, "/plaintext");
        String sample = event(lines, "sample");
        while (sample.contains("\"latency\":null")) {
          sample = event(lines, "sample");
        }
        assertThat(sample).contains("\"p50\":", "\"max\":");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void operatorsAskOnAPortOfTheirOwn(String backend) throws Exception {
    try (Program program =
        Program.startOn(backend, "--admin-port=0", "--drain-delay=1h", "--grace=1s")) {
      get(program, "/plaintext");
      get(program, "/sleep/1");
      HttpResponse<String> metrics = admin(program, "/metrics");
      assertThat(metrics.headers().firstValue("Content-Type"))
          .hasValue("text/plain; version=0.0.4; charset=utf-8");
      assertThat(metrics.body())
          .contains(
              "heddle_http_requests_total{route=\"/sleep/{ms}\",method=\"GET\",status=\"2xx\","
                  + "protocol=\"HTTP/1.1\"} 1\n",
              "heddle_http_requests_total{route=\"/plaintext\",",
              "heddle_connections_accepted_total ",
              "heddle_server_info{backend=\"" + backend + "\"",
              "process_resident_memory_bytes ");
      assertAnswer(admin(program, "/health/live"), 200, "{\"status\":\"live\"}\n");
      assertAnswer(admin(program, "/health/ready"), 200, "{\"status\":\"ready\"}\n");
      program.terminate();
      program.await(line -> line.contains("not ready any more; accepting for 1h"));
      HttpResponse<String> ready = admin(program, "/health/ready");
      for (int i = 0; i < 1000 && ready.statusCode() == 200; i++) { // said just before it is so
        ready = admin(program, "/health/ready");
      }
      assertAnswer(ready, 503, "{\"status\":\"draining\"}\n");
      assertThat(get(program, "/plaintext").statusCode()).isEqualTo(200);
    }
  }

  private HttpResponse<String> admin(Program program, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(program.adminUri(path)).timeout(PATIENCE).build(),
        BodyHandlers.ofString());
  }

  @ParameterizedTest
  @MethodSource("backends")
  void toldToEndItFinishesWhatHasBegun(String backend) throws Exception {
    try (Program program = Program.startOn(backend);
        Socket socket = program.connect()) {
      HttpRequest stream = request(program, "/stream").build();
      BufferedReader ticks = reader(client.send(stream, BodyHandlers.ofInputStream()).body());
      assertThat(ticks.readLine()).isEqualTo("tick 1");
      send(
          socket,
          "PUT /upload HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
      BufferedReader answer = reader(socket.getInputStream());
      assertThat(answer.readLine()).isEqualTo("HTTP/1.1 100 Continue");
      program.terminate();
      assertThat(ticks.lines()).allMatch(line -> line.startsWith("tick "));
      send(socket, "abc");
      assertThat(answer.lines())
          .contains("HTTP/1.1 200 OK", "Connection: close")
          .endsWith("{\"bytes\":3}");
      assertThat(program.exitStatus()).isZero();
    }
  }

  @Test
  void aConnectionBringsNoMoreRequestsThanItMay() throws Exception {
    try (Program program = Program.startOn("virtual", "--keep-alive-max=2")) {
      HttpResponse<String> first = get(program, "/plaintext");
      HttpResponse<String> second = get(program, "/plaintext");
      HttpResponse<String> third = get(program, "/plaintext");
      assertThat(second.connectionLabel()).isEqualTo(first.connectionLabel());
      assertThat(second.headers().firstValue("Connection")).hasValue("close");
      assertThat(third.connectionLabel()).isNotEqualTo(first.connectionLabel());
    }
  }

  @Test
  void aConnectionThatBringsNothingIsClosed() throws Exception {
    try (Program program = Program.startOn("virtual", "--keep-alive-timeout=200ms");
        Socket socket = program.connect()) {
      send(socket, "GET /plaintext HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
          .endsWith("\r\n\r\nHello, World!");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/files/../secret",
    "/files/%2e%2e/secret",
    "/files/..%2fsecret",
    "/files/link",
    "/files/.dot"
  })
  void nothingOutsideOfTheFolderIsServed(String target) throws Exception {
    Path served = Files.createDirectory(folder.resolve("served"));
    Files.writeString(folder.resolve("secret"), "secret");
    Files.writeString(served.resolve(".dot"), "secret");
    Files.writeString(served.resolve("open"), "open");
    Files.createSymbolicLink(served.resolve("link"), folder.resolve("secret"));
    try (Program program = Program.startOn("virtual", "--files=" + served);
        Socket socket = program.connect()) {
      assertAnswer(get(program, "/files/open"), 200, "open");
      // By hand, as a client may tidy the path.
      send(socket, "GET " + target + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
      assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
          .startsWith("HTTP/1.1 404 ")
          .doesNotContain("secret");
    }
  }

  @Test
  void requestsAreLoggedIfAskedFor() throws Exception {
    try (Program program = Program.startOn("virtual", "--access-log")) {
      get(program, "/plaintext");
      assertThat(program.await(line -> line.contains("/plaintext")))
          .startsWith("127.0.0.1 - - [")
          .contains("\"GET /plaintext HTTP/1.1\" 200 13 ");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aRequestHasItsPlaceInATraceIfAskedFor(String backend) throws Exception {
    String trace = "0af7651916cd43dd8448eb211c80319c";
    String parent = "00-" + trace + "-b7ad6b7169203331-01";
    try (Program program = Program.startOn(backend, "--tracing", "--access-log=json")) {
      HttpRequest traced = request(program, "/json").header("traceparent", parent).build();
      assertThat(client.send(traced, BodyHandlers.ofString()).headers().firstValue("traceresponse"))
          .hasValueSatisfying(
              ours -> assertThat(ours).startsWith("00-" + trace + "-").isNotEqualTo(parent));
      assertThat(program.await(line -> line.contains("/json")))
          .contains("\"trace\":\"" + trace + "\"");
      get(program, "/plaintext");
      assertThat(program.await(line -> line.contains("/plaintext")))
          .containsPattern("\"trace\":\"[0-9a-f]{32}\"");
    }
  }

  /// As logrotate's `copytruncate` cuts it.
  @Test
  void anAccessLogThatIsCutGoesOnAtItsStart() throws Exception {
    Path log = Files.createFile(folder.resolve("access.log"));
    try (Program program = Program.startInto(log, "--port=0", "--access-log")) {
      get(program, "/plaintext");
      program.await(line -> line.contains("/plaintext"));
      try (FileChannel file = FileChannel.open(log, StandardOpenOption.WRITE)) {
        file.truncate(0);
      }
      get(program, "/json");
      program.await(line -> line.contains("/json"));
      assertThat(Files.readString(log)).startsWith("127.0.0.1 - - [").hasLineCount(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--files=/no/such/dir     | --files is '/no/such/dir': expected a directory",
        "--access-log=xml         | --access-log is 'xml': expected combined or json",
        "--keep-alive-max=-1      | --keep-alive-max is '-1': expected a whole number from 0",
        "--admin-host=127.0.0.1   | --admin-host means nothing without --admin-port",
        "--admin-port=70000       | --admin-port is '70000': expected a whole number from 0",
        "--keep-alive-timeout=5   | --keep-alive-timeout is '5': expected a time",
      })
  void whatMakesNoSenseIsRefusedInOneLine(String arg, String message) throws Exception {
    try (Program program = Program.start(arg)) {
      assertThat(program.await(_ -> true)).startsWith("http: " + message);
      assertThat(program.exitStatus()).isEqualTo(2);
    }
  }

  private static void send(Socket socket, String text) throws Exception {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
  }

  private static BufferedReader reader(InputStream in) {
    return new BufferedReader(new InputStreamReader(in, US_ASCII));
  }

  /// The data of the next event of a type.
  private static String event(BufferedReader lines, String type) throws Exception {
    for (String line; (line = lines.readLine()) != null; ) {
      if (line.equals("event: " + type)) {
        return lines.readLine();
      }
    }
    throw new AssertionError("the stream ended before an event " + type);
  }

  /// So many zeros.
  private static final class Zeros extends InputStream {
    private int left;

    Zeros(int count) {
      left = count;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] dst, int offset, int length) {
      int count = Math.min(left, length);
      left -= count;
      return count == 0 ? -1 : count;
    }
  }
}
