package dev.heddle.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.Server;
import dev.heddle.ServerOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What curl, wrk and h2load make of us, on every backend. Run by name, where they are installed:
/// `mvn -B -pl framework test -Dtest='*WithTools'`.
class HttpWithTools {
  private static final String PLAINTEXT = "Hello, World!";
  private static final String VERSE = "a line that is worth compressing\n".repeat(2000);
  private static final Pattern RECEIVED = Pattern.compile("\\((\\d+)\\) data");

  @TempDir static Path folder;
  private static byte[] content;

  @BeforeAll
  static void writeFiles() throws IOException {
    content = new byte[3_000_000];
    new Random(1).nextBytes(content);
    Files.write(folder.resolve("big.bin"), content);
    Files.writeString(folder.resolve("digits.txt"), "0123456789");
  }

  static List<String> backends() {
    return Server.backends();
  }

  private static Server serve(String backend) throws IOException {
    HttpHandler routes =
        Router.builder()
            .get("/plaintext", _ -> Response.text(PLAINTEXT))
            .get("/verse", _ -> Response.text(VERSE))
            .get("/chunks", _ -> Response.stream("text/plain", HttpWithTools::writeChunks))
            .get("/trailers", _ -> withTrailers())
            .post("/echo", HttpWithTools::echo)
            .put("/echo", HttpWithTools::echo)
            .put("/refused", _ -> Response.text(Status.FORBIDDEN, "not you"))
            .mount("/files", StaticFiles.of(folder))
            .build();
    return Server.builder()
        .options(ServerOptions.builder().backend(backend).build())
        .listen(0, Http1.of(Compression.of(routes), HttpOptions.DEFAULT))
        .start();
  }

  private static void writeChunks(OutputStream out) throws IOException {
    for (int i = 0; i < 1000; i++) {
      out.write(("chunk " + i + "\n").getBytes(StandardCharsets.US_ASCII));
      if (i % 100 == 0) {
        out.flush();
      }
    }
  }

  private static Response withTrailers() {
    return new Response.Streaming(
        Status.OK,
        Headers.of("Content-Type", "application/octet-stream", "Trailer", "X-Sum"),
        -1,
        out -> out.write('x'),
        () -> Headers.of("X-Sum", "42"));
  }

  private static Response echo(Request request) {
    return new Response.Streaming(
        Status.OK,
        Headers.of("Content-Type", "application/octet-stream"),
        request.body().length(),
        out -> request.body().transferTo(out));
  }

  private static String url(Server server, String path) {
    return "http://127.0.0.1:" + server.localAddress().getPort() + path;
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  // curl: what one client says.

  @ParameterizedTest
  @MethodSource("backends")
  void curlKeepsItsConnection(String backend) throws Exception {
    try (Server server = serve(backend)) {
      List<String> arguments = new ArrayList<>(List.of("-f", "-w", " %{num_connects}\n"));
      for (String path : List.of("/plaintext", "/chunks", "/verse", "/files/big.bin")) {
        arguments.addAll(List.of("-o", folder.resolve("got").toString(), url(server, path)));
      }
      arguments.add(url(server, "/plaintext"));
      assertThat(Tool.curl(arguments.toArray(String[]::new)).output())
          .isEqualTo(" 1\n 0\n 0\n 0\n" + PLAINTEXT + " 0\n");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void curlOfHttp10KeepsItsConnectionIfItAsks(String backend) throws Exception {
    try (Server server = serve(backend)) {
      String plaintext = url(server, "/plaintext");
      assertThat(Tool.curl("-0", "-w", "%{num_connects}", plaintext, plaintext).output())
          .isEqualTo(PLAINTEXT + 1 + PLAINTEXT + 1);
      Tool asking =
          Tool.curl(
              "-0", "-w", "%{num_connects}", "-H", "Connection: keep-alive", plaintext, plaintext);
      assertThat(asking.output()).isEqualTo(PLAINTEXT + 1 + PLAINTEXT + 0);
      assertThat(Tool.curl("-0", url(server, "/chunks")).output()).endsWith("chunk 999\n");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void curlGetsTheHeadAlone(String backend) throws Exception {
    try (Server server = serve(backend)) {
      for (String path : List.of("/plaintext", "/files/big.bin", "/chunks")) {
        String get = head(Tool.curl("-D", "-", "-o", "/dev/null", url(server, path)));
        Tool head = Tool.curl("-I", "-w", "%{num_connects}", url(server, path), url(server, path));
        assertThat(head.output()).endsWith("\r\n\r\n0");
        assertThat(head(head)).isEqualTo(get.replace("Transfer-Encoding: chunked\r\n", ""));
      }
    }
  }

  private static String head(Tool ran) {
    return ran.output()
        .substring(0, ran.output().indexOf("\r\n\r\n") + 2)
        .replaceFirst("Date: [^\r]*\r\n", "");
  }

  @ParameterizedTest
  @MethodSource("backends")
  void curlGetsRangesAndResumes(String backend) throws Exception {
    try (Server server = serve(backend)) {
      String digits = url(server, "/files/digits.txt");
      assertThat(Tool.curl("-f", "-r", "2-4", digits).output()).isEqualTo("234");
      assertThat(Tool.curl("-f", "-r", "-3", digits).output()).isEqualTo("789");
      assertThat(Tool.curl("-f", "-r", "0-1,8-", digits).output())
          .contains("Content-Range: bytes 0-1/10\r\n", "Content-Range: bytes 8-9/10\r\n");
      assertThat(Tool.curl("-o", "/dev/null", "-w", "%{http_code}", "-r", "10-", digits).output())
          .isEqualTo("416");
      Path half = Files.write(folder.resolve("half"), Arrays.copyOf(content, 1_000_000));
      Tool.curl("-f", "-C", "-", "-o", half.toString(), url(server, "/files/big.bin"));
      assertThat(half).hasBinaryContent(content);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void curlAsksBeforeItSendsABigBody(String backend) throws Exception {
    try (Server server = serve(backend)) {
      String big = folder.resolve("big.bin").toString();
      Tool granted = Tool.curl("-f", "-v", "-T", big, url(server, "/echo"));
      assertThat(granted.errors()).contains("> Expect: 100-continue", "< HTTP/1.1 100 Continue");
      assertThat(granted.output()).isEqualTo(latin(content));
      Tool refused = Tool.curl("-v", "-T", big, url(server, "/refused"));
      assertThat(refused.output()).isEqualTo("not you");
      assertThat(refused.errors()).doesNotContain("100 Continue").contains("Connection: close");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void curlSendsABodyWhoseLengthItDoesNotKnow(String backend) throws Exception {
    try (Server server = serve(backend)) {
      String echo = url(server, "/echo");
      Tool ran = Tool.curl(content, "-f", "-v", "-T", "-", echo);
      assertThat(ran.errors())
          .contains("> Transfer-Encoding: chunked", "< Transfer-Encoding: chunked");
      assertThat(ran.output()).isEqualTo(latin(content));
      Tool twice =
          Tool.curl(
              "-f", "-w", "%{num_connects}", "--data-binary", "abc", echo, "-H", "Expect:", echo);
      assertThat(twice.output()).isEqualTo("abc1abc0");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void curlUnderstandsWhatIsCompressed(String backend) throws Exception {
    try (Server server = serve(backend)) {
      for (String path : List.of("/verse", "/chunks")) {
        String plain = Tool.curl("-f", url(server, path)).output();
        for (String coding : List.of("gzip", "deflate")) {
          Tool ran =
              Tool.curl(
                  "-f",
                  "-v",
                  "--compressed",
                  "-H",
                  "Accept-Encoding: " + coding,
                  url(server, path));
          assertThat(ran.errors()).contains("< Content-Encoding: " + coding);
          assertThat(ran.output()).isEqualTo(plain);
        }
      }
      assertThat(Tool.curl("-f", "--tr-encoding", url(server, "/verse")).output()).isEqualTo(VERSE);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void curlIsSentTrailersIfItTakesThem(String backend) throws Exception {
    try (Server server = serve(backend)) {
      String trailers = url(server, "/trailers");
      Tool taken = Tool.curl("-f", "-D", "-", "-H", "TE: trailers", trailers, trailers);
      assertThat(taken.output().split("X-Sum: 42\r\n", -1)).hasSize(3);
      assertThat(Tool.curl("-f", "-D", "-", trailers).output()).doesNotContain("X-Sum: 42");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void curlIsNotLedToAnotherProtocol(String backend) throws Exception {
    try (Server server = serve(backend)) {
      Tool ran = Tool.curl("-f", "-v", "--http2", url(server, "/plaintext"));
      assertThat(ran.errors()).contains("> Upgrade: h2c", "< HTTP/1.1 200 OK");
      assertThat(ran.output()).isEqualTo(PLAINTEXT);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void manyCurlsAtOnceAreServed(String backend) throws Exception {
    try (Server server = serve(backend)) {
      String all = url(server, "/files/big.bin?[1-40]");
      Tool ran = Tool.curl("-f", "-Z", "-w", "%{size_download}\n", "-o", "/dev/null", all);
      assertThat(ran.output().lines()).hasSize(40).containsOnly("" + content.length);
    }
  }

  // h2load: so many requests, each of them counted.

  private static void h2load(
      Server server, String path, int requests, int octets, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("h2load", "--h1", "-n", "" + requests));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-t", "1", url(server, path)));
    String output = Tool.run(command.toArray(String[]::new)).output();
    assertThat(output)
        .contains(
            ("requests: %1$d total, %1$d started, %1$d done, %1$d succeeded,"
                    + " 0 failed, 0 errored, 0 timeout")
                .formatted(requests))
        .contains("status codes: %d 2xx, 0 3xx, 0 4xx, 0 5xx".formatted(requests));
    Matcher received = RECEIVED.matcher(output);
    assertThat(received.find()).isTrue();
    assertThat(received.group(1)).isEqualTo("" + (long) requests * octets);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void h2loadCountsNoErrors(String backend) throws Exception {
    try (Server server = serve(backend)) {
      h2load(server, "/plaintext", 20_000, PLAINTEXT.length(), "-c", "50");
      h2load(server, "/verse", 2_000, VERSE.length(), "-c", "20");
      h2load(server, "/files/big.bin", 100, content.length, "-c", "10");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void h2loadCountsNoErrorsOfWhatItPipelines(String backend) throws Exception {
    try (Server server = serve(backend)) {
      h2load(server, "/plaintext", 40_000, PLAINTEXT.length(), "-c", "50", "-m", "16");
      h2load(server, "/plaintext", 10_000, PLAINTEXT.length(), "-c", "1", "-m", "100");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void h2loadCountsNoErrorsOfWhatItPosts(String backend) throws Exception {
    Path body = Files.write(folder.resolve("body"), Arrays.copyOf(content, 4096));
    try (Server server = serve(backend)) {
      h2load(server, "/echo", 5_000, 4096, "-c", "50", "-d", body.toString());
    }
  }

  // wrk: as much as it can in a second, and each answer looked at.

  private static final String LUA =
      """
      right, wrong = 0, 0
      local threads = {}
      function setup(thread) threads[#threads + 1] = thread end
      function response(status, headers, body)
        if status == 200 and body == expected then right = right + 1 else wrong = wrong + 1 end
      end
      function done(summary)
        local e = summary.errors
        local failed = e.connect + e.read + e.write + e.status + e.timeout
        io.write("right ", threads[1]:get("right"), " wrong ", threads[1]:get("wrong") + failed)
      end
      """;

  private static void wrk(Server server, String path, String script) throws Exception {
    Path lua = Files.writeString(folder.resolve("script.lua"), LUA + script);
    String output =
        Tool.run("wrk", "-t1", "-c64", "-d1s", "-s", lua.toString(), url(server, path)).output();
    Matcher counted = Pattern.compile("right (\\d+) wrong (\\d+)").matcher(output);
    assertThat(counted.find()).as(output).isTrue();
    assertThat(Long.parseLong(counted.group(1))).isGreaterThan(64);
    assertThat(counted.group(2)).as(output).isEqualTo("0");
  }

  @ParameterizedTest
  @MethodSource("backends")
  void wrkFindsEveryAnswerRight(String backend) throws Exception {
    try (Server server = serve(backend)) {
      wrk(server, "/plaintext", "expected = 'Hello, World!'");
      wrk(
          server,
          "/echo",
          """
          wrk.method = "POST"
          wrk.body = string.rep("heddle", 1000)
          expected = wrk.body
          """);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void wrkFindsEveryAnswerRightOfWhatItPipelines(String backend) throws Exception {
    try (Server server = serve(backend)) {
      wrk(
          server,
          "/plaintext",
          """
          expected = "Hello, World!"
          function init(args) together = string.rep(wrk.format("GET", "/plaintext"), 16) end
          function request() return together end
          """);
    }
  }
}
