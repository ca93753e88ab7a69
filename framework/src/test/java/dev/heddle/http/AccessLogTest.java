package dev.heddle.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A line for each request, and what it says.
class AccessLogTest {
  private final List<String> lines = new ArrayList<>();

  private void exchange(HttpHandler handler, String request) {
    TestScope.serve(handler, new ScriptedTransport().send(request));
  }

  private void get(HttpHandler handler, String fields) {
    exchange(handler, "GET /x HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n");
  }

  private HttpHandler json(HttpHandler handler) {
    return AccessLog.of(handler, AccessLog.Format.JSON, lines::add);
  }

  private HttpHandler combined(HttpHandler handler) {
    return AccessLog.of(handler, AccessLog.Format.COMBINED, lines::add);
  }

  private static Response stream(int code, int octets) {
    return Response.stream("a/b", out -> out.write(new byte[octets])).withStatus(Status.of(code));
  }

  @Test
  void theCombinedFormatIsThatOfOthers() {
    get(combined(_ -> Response.text("hello")), "User-Agent: \"x\u00e4\\\r\n");
    assertThat(lines)
        .singleElement()
        .asString()
        .matches("127\\.0\\.0\\.1 - - \\[[^]]+\\] \"GET /x HTTP/1.1\" 200 5 \"-\" .*")
        .endsWith("\"\\\"x\\u00e4\\\\\"");
  }

  @Test
  void jsonHasAMemberForEach() {
    get(json(_ -> Response.text("hello")), "Referer: r\r\n");
    assertThat(lines)
        .singleElement()
        .asString()
        .contains("\"status\":200,\"octets\":5,", "\"referer\":\"r\"", "\"target\":\"/x\"");
  }

  @Test
  void whatAPeerSendsEndsNoLine() {
    String forged = "x\u0085\u009b31m\" 200 1 \"-\" \\\u00e4\t%0d%0a";
    for (AccessLog.Format format : AccessLog.Format.values()) {
      HttpHandler handler = AccessLog.of(_ -> Response.text("hello"), format, lines::add);
      get(handler, "Referer: " + forged + "\r\nUser-Agent: " + forged + "\r\n");
    }
    assertThat(lines).hasSize(AccessLog.Format.values().length);
    assertThat(lines).allMatch(line -> line.matches("[ -~]+"));
    assertThat(lines).allMatch(line -> line.contains("31m\\\" 200 1 \\\"-\\\" \\\\"));
  }

  /// Whatever is answered, and however: also where nobody asks for the body.
  @ParameterizedTest
  @CsvSource({
    "GET /x, 200, 200, 9",
    "GET /x, 404, 404, 9",
    "HEAD /x, 200, 200, 0",
    "GET /x, 204, 204, 0",
    "GET /x, 304, 304, 0",
    "OPTIONS *, 200, 204, 0",
    "CONNECT a:1, 200, 501, 20",
    "CONNECT a:1, 403, 403, 9",
  })
  void eachRequestHasALine(String line, int code, int status, int octets, @TempDir Path folder)
      throws IOException {
    Path file = Files.write(folder.resolve("file"), new byte[9]);
    for (Response response :
        List.of(
            stream(code, 9),
            Response.bytes("a/b", new byte[9]).withStatus(Status.of(code)),
            Response.file(file).withStatus(Status.of(code)))) {
      exchange(json(_ -> response), line + " HTTP/1.1\r\nHost: a:1\r\n\r\n");
      assertThat(lines)
          .as(response.toString())
          .singleElement()
          .asString()
          .contains("\"status\":" + status + ",\"octets\":" + octets + ",");
      lines.clear();
    }
  }

  @Test
  void aFailureHasTheStatusThatIsAnswered() {
    get(
        json(
            _ -> {
              throw new ProtocolException(Status.CONFLICT, "no");
            }),
        "");
    get(
        json(
            _ -> {
              throw new IllegalStateException();
            }),
        "");
    get(
        json(
            _ -> {
              throw new StackOverflowError();
            }),
        "");
    get(json(_ -> null), "");
    exchange(
        json(
            request -> {
              try {
                return Response.text(request.body().limit(1).text());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }),
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab");
    assertThat(lines)
        .extracting(line -> line.replaceAll(".*\"status\":(\\d+),.*", "$1"))
        .containsExactly("409", "500", "500", "500", "413");
  }

  /// An upgrade comes behind the body, and not at all if that is too long or does not come.
  @Test
  void anUpgradeThatFailsHasTheStatusThatIsAnswered() {
    HttpHandler handler = json(_ -> Response.upgrade("x", _ -> {}));
    String upgrade = "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: x\r\n";
    exchange(handler, upgrade + "Content-Length: 2\r\n\r\nab");
    exchange(handler, upgrade + "Content-Length: 1000000\r\n\r\nab");
    exchange(handler, upgrade + "Transfer-Encoding: chunked\r\n\r\nno size\r\n");
    assertThat(lines)
        .extracting(line -> line.replaceAll(".*\"status\":(\\d+),.*", "$1"))
        .containsExactly("101", "413", "400");
  }

  @Test
  void aStreamThatFailsBeforeItsHeadHasLeftIsTheErrorThatIsAnswered() {
    get(
        json(
            _ ->
                Response.stream(
                    "a/b",
                    out -> {
                      out.write(1);
                      throw new ProtocolException(Status.GONE, "no");
                    })),
        "");
    assertThat(lines).singleElement().asString().contains("\"status\":410,\"octets\":0,");
  }

  @Test
  void aStreamThatFailsLaterIsWhatHasLeft() {
    HttpHandler handler =
        json(
            _ ->
                Response.stream(
                    "a/b",
                    out -> {
                      out.write(new byte[7]);
                      out.flush();
                      throw new IOException();
                    }));
    ScriptedTransport peer = new ScriptedTransport().send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    TestScope.serve(handler, peer);
    assertThat(lines).singleElement().asString().contains("\"status\":200,\"octets\":7,");
  }
}
