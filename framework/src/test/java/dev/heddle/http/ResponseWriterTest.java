package dev.heddle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is sent for each kind of response, to the byte.
class ResponseWriterTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String HEAD = "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String OLD = "GET / HTTP/1.0\r\n\r\n";
  private static final String OLD_KEPT = "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
  private static final String KEPT = "GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\n\r\n";
  private static final String CLOSING = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

  /// @param expected with bars for line ends, and without `Date`, which must be there
  record Case(String rfc, String name, String request, Response response, String expected) {
    @Override
    public String toString() {
      return rfc + " " + name;
    }
  }

  static Stream<Case> written() {
    Response text = Response.text("hello");
    Response stream = Response.stream("a/b", out -> out.write('x'));
    Response long_ = Response.stream("a/b", ResponseWriterTest::writeTwoPieces);
    Response sized =
        new Response.Streaming(
            Status.OK, Headers.EMPTY, 2, out -> out.write(new byte[] {'h', 'i'}));
    String type = "Content-Type: text/plain; charset=utf-8|";
    return Stream.of(
        new Case("9112-6.2", "a text", GET, text, "200 OK|" + type + "Content-Length: 5||hello"),
        new Case("9110-9.3.2", "HEAD", HEAD, text, "200 OK|" + type + "Content-Length: 5||"),
        new Case(
            "9112-9.6",
            "the peer closes",
            CLOSING,
            text,
            "200 OK|" + type + "Connection: close|Content-Length: 5||hello"),
        new Case(
            "9112-9.3",
            "HTTP/1.0",
            OLD,
            text,
            "200 OK|" + type + "Connection: close|Content-Length: 5||hello"),
        new Case(
            "9112-9.3",
            "HTTP/1.0 kept",
            OLD_KEPT,
            text,
            "200 OK|"
                + type
                + "Connection: keep-alive|Keep-Alive: timeout=60|Content-Length: 5||hello"),
        new Case(
            "9112-9.3",
            "HTTP/1.1 that asks",
            KEPT,
            text,
            "200 OK|"
                + type
                + "Connection: keep-alive|Keep-Alive: timeout=60|Content-Length: 5||hello"),
        new Case(
            "9112-9.6",
            "the handler closes",
            GET,
            text.with("Connection", "x, Close"),
            "200 OK|" + type + "Connection: x, Close|Content-Length: 5||hello"),
        new Case(
            "9110-7.6.1",
            "both close",
            CLOSING,
            text.with("Connection", "close"),
            "200 OK|" + type + "Connection: close|Content-Length: 5||hello"),
        new Case(
            "9110-8.6", "an empty body", GET, Response.status(200), "200 OK|Content-Length: 0||"),
        new Case("9110-15.3.5", "204 has no length", GET, Response.status(204), "204 No Content||"),
        new Case(
            "9110-15.3.5",
            "204 has no body",
            GET,
            text.withStatus(Status.NO_CONTENT),
            "204 No Content|" + type + "|"),
        new Case(
            "9110-15.3.5",
            "204 of a stream has none",
            GET,
            long_.withStatus(Status.NO_CONTENT),
            "204 No Content|Content-Type: a/b||"),
        new Case(
            "9110-15.3.6",
            "205",
            GET,
            Response.status(205),
            "205 Reset Content|Content-Length: 0||"),
        new Case(
            "9110-15.4.5",
            "304",
            GET,
            Response.status(304).with("ETag", "\"x\""),
            "304 Not Modified|ETag: \"x\"||"),
        new Case(
            "9110-15.4.5",
            "304 has no body",
            GET,
            text.withStatus(Status.NOT_MODIFIED),
            "304 Not Modified|" + type + "|"),
        new Case(
            "9110-15.4.3",
            "a redirect",
            GET,
            Response.redirect("/x"),
            "302 Found|Location: /x|Content-Length: 0||"),
        new Case(
            "9110-15.4.9",
            "another redirect",
            GET,
            Response.redirect(Status.PERMANENT_REDIRECT, "/x"),
            "308 Permanent Redirect|Location: /x|Content-Length: 0||"),
        new Case(
            "9112-4",
            "a reason of one's own",
            GET,
            Response.status(Status.of(299, "Fine so far")),
            "299 Fine so far|Content-Length: 0||"),
        new Case("9112-4", "no reason", GET, Response.status(599), "599 |Content-Length: 0||"),
        new Case(
            "9112-4",
            "200 with another reason",
            GET,
            Response.status(Status.of(200, "Yes")),
            "200 Yes|Content-Length: 0||"),
        new Case(
            "8259-11",
            "JSON",
            GET,
            Response.json("{}"),
            "200 OK|Content-Type: application/json|Content-Length: 2||{}"),
        new Case(
            "9110-8.3",
            "bytes",
            GET,
            Response.bytes("a/b", new byte[] {'x'}),
            "200 OK|Content-Type: a/b|Content-Length: 1||x"),
        new Case(
            "9110-10.2.4",
            "a Server of the handler's",
            GET,
            Response.status(200).with("Server", "x"),
            "200 OK|Server: x|Content-Length: 0||"),
        new Case(
            "9110-5.3",
            "repeated fields",
            GET,
            Response.status(200).with("A", "1").with("a", "2"),
            "200 OK|A: 1|a: 2|Content-Length: 0||"),
        new Case(
            "9110-5.5",
            "obs-text",
            GET,
            Response.status(200).with("A", " \u00e4\t "),
            "200 OK|A: \u00e4|Content-Length: 0||"),
        new Case(
            "9112-6.2",
            "a stream that is short has a length",
            GET,
            stream,
            "200 OK|Content-Type: a/b|Content-Length: 1||x"),
        new Case(
            "9112-7.1",
            "a stream in chunks",
            GET,
            long_,
            "200 OK|Content-Type: a/b|Transfer-Encoding: chunked||5|hello|6| world|0||"),
        new Case(
            "9112-6.3",
            "a stream to HTTP/1.0",
            OLD_KEPT,
            long_,
            "200 OK|Content-Type: a/b|Connection: close||hello world"),
        new Case("9110-9.3.2", "HEAD of a stream", HEAD, long_, "200 OK|Content-Type: a/b||"),
        new Case(
            "9112-6.2", "a stream of known length", GET, sized, "200 OK|Content-Length: 2||hi"),
        new Case(
            "9112-6.2",
            "a stream of known length to HTTP/1.0",
            OLD_KEPT,
            sized,
            "200 OK|Connection: keep-alive|Keep-Alive: timeout=60|Content-Length: 2||hi"),
        new Case(
            "9110-9.3.2",
            "HEAD of a stream of known length",
            HEAD,
            sized,
            "200 OK|Content-Length: 2||"));
  }

  private static void writeTwoPieces(OutputStream out) throws java.io.IOException {
    out.write("hello".getBytes(StandardCharsets.US_ASCII));
    out.flush();
    out.write(" wor".getBytes(StandardCharsets.US_ASCII));
    out.write("ld".getBytes(StandardCharsets.US_ASCII));
  }

  @ParameterizedTest
  @MethodSource
  void written(Case c) {
    String sent = exchange(c.request, c.response);
    assertThat(sent)
        .startsWith("HTTP/1.1 ")
        .containsPattern("\r\nDate: \\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT\r\n");
    assertThat(withoutDate(sent)).isEqualTo(c.expected.replace("|", "\r\n"));
  }

  @Test
  void trailersAreSentToThoseWhoTakeThem() {
    List<String> order = new ArrayList<>();
    Response response =
        new Response.Streaming(
            Status.OK,
            Headers.EMPTY,
            -1,
            out -> {
              order.add("body");
              out.write('x');
            },
            () -> {
              order.add("trailers");
              return Headers.of("Sum", "1");
            });
    String taking = GET.replace("\r\n\r\n", "\r\nTE: gzip, trailers\r\n\r\n");
    assertThat(exchange(taking, response)).endsWith("\r\n\r\n1\r\nx\r\n0\r\nSum: 1\r\n\r\n");
    assertThat(order).containsExactly("body", "trailers");
    assertThat(withoutDate(exchange(GET, response)))
        .isEqualTo("200 OK\r\nContent-Length: 1\r\n\r\nx");
    Response wrong =
        new Response.Streaming(
            Status.OK, Headers.EMPTY, -1, _ -> {}, () -> Headers.of("Content-Length", "1"));
    assertThat(Reply.parse(exchange(taking, wrong)).getFirst().status()).isEqualTo(500);
  }

  @Test
  void theServerFieldIsSentIfItIsWanted() {
    HttpOptions options = HttpOptions.builder().server("heddle").build();
    ScriptedTransport peer = new ScriptedTransport().send(GET + GET);
    List<Response> responses =
        new ArrayList<>(List.of(Response.status(200), Response.status(404).with("Date", "today")));
    new TestScope(Http1.of(_ -> responses.removeFirst(), options)).run(peer);
    List<Reply> replies = Reply.parse(peer.written());
    assertThat(replies).allMatch(reply -> reply.has("Server: heddle"));
    assertThat(replies.get(1).has("Date: today")).isTrue();
    assertThat(replies.get(1).head()).containsOnlyOnce("Date: ");
  }

  @Test
  void aFileIsSentWholeOrInPart(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("a.html"), "0123456789");
    assertThat(withoutDate(exchange(GET, Response.file(file))))
        .isEqualTo(
            "200 OK|Content-Type: text/html; charset=utf-8|Content-Length: 10||0123456789"
                .replace("|", "\r\n"));
    Response part = new Response.FileBody(Status.OK, Headers.EMPTY, file, 2, 3);
    assertThat(withoutDate(exchange(GET, part)))
        .isEqualTo("200 OK\r\nContent-Length: 3\r\n\r\n234");
    assertThat(withoutDate(exchange(HEAD, part))).isEqualTo("200 OK\r\nContent-Length: 3\r\n\r\n");
  }

  @Test
  void aFileThatHasGoneIsOurFault(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("a"), "x");
    Response response = Response.file(file);
    Files.delete(file);
    List<Reply> replies = Reply.parse(exchange(GET + GET, response));
    assertThat(replies).extracting(Reply::status).containsExactly(500, 500);
  }

  @Test
  void aFileThatHasShrunkCutsTheResponse(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("a"), "0123456789");
    Response response = Response.file(file);
    Files.writeString(file, "0123");
    assertThat(exchange(GET + GET, response)).endsWith("\r\n\r\n0123");
  }

  @Test
  void whatWasWrittenInPiecesIsChunkedAsItLeaves() {
    byte[] large = new byte[10_000];
    Response response =
        Response.stream(
            "a/b",
            out -> {
              out.write('x');
              out.write(large);
              for (int i = 0; i < 5000; i++) {
                out.write('y');
              }
              out.close();
            });
    List<Reply> replies = Reply.parse(exchange(GET + GET, response));
    assertThat(replies).hasSize(2);
    assertThat(replies.getFirst().body()).isEqualTo("x" + "\0".repeat(10_000) + "y".repeat(5000));
    assertThat(exchange(GET, response)).contains("1\r\nx\r\n2710\r\n").contains("\r\n1000\r\n");
  }

  @Test
  void aBodyOfAnotherLengthThanDeclaredCutsTheResponse() {
    Response longer =
        new Response.Streaming(Status.OK, Headers.EMPTY, 1, ResponseWriterTest::writeTwoPieces);
    Response shorter =
        new Response.Streaming(Status.OK, Headers.EMPTY, 99, ResponseWriterTest::writeTwoPieces);
    assertThat(Reply.parse(exchange(GET, longer)).getFirst().status()).isEqualTo(500);
    assertThat(withoutDate(exchange(GET + GET, shorter)))
        .isEqualTo("200 OK\r\nContent-Length: 99\r\n\r\nhello");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\r\nb",
        "a\nb",
        "a\rb",
        "a\0b",
        "a\u007f",
        "a\u0100",
        "\ud83d\ude00",
        "a\r\n",
        "\u0001a"
      })
  void noFieldEndsItsLine(String value) {
    assertThatThrownBy(() -> Headers.of("A", value)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Response.redirect(value)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Response.bytes(value, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a:", "a\r\n", "\u00e4", "a\0", "(a)"})
  void aNameIsAToken(String name) {
    assertThatThrownBy(() -> Headers.of(name, "x")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length", "transfer-encoding", "Keep-Alive"})
  void theFramingIsNotTheHandlers(String name) {
    assertThatThrownBy(() -> Response.text("x").with(name, "1"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aResetHasNoContent() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Response.text(Status.of(205), "x"))
        .withMessageContaining("expected one that may have a body");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Response.stream("text/plain", _ -> {}).withStatus(Status.of(205)));
    ScriptedTransport peer = new ScriptedTransport().send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    TestScope.serve(_ -> Response.status(205), peer);
    assertThat(Reply.parse(peer.written()))
        .singleElement()
        .matches(reply -> reply.has("Content-Length: 0"));
  }

  @Test
  void anInterimStatusIsNoResponse() {
    assertThatThrownBy(() -> Response.status(100)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Response.status(600)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Status.of(200, "a\r\nb")).isInstanceOf(IllegalArgumentException.class);
  }

  private static String exchange(String request, Response response) {
    ScriptedTransport peer = new ScriptedTransport().send(request);
    TestScope.serve(_ -> response, peer);
    return peer.written();
  }

  private static String withoutDate(String sent) {
    return sent.substring("HTTP/1.1 ".length()).replaceFirst("Date: [^\r]*\r\n", "");
  }
}
