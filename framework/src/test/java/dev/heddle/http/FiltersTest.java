package dev.heddle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Cookies, forms, events and compression.
class FiltersTest {
  private static final String TEXT = "hello ".repeat(500);

  private static Reply exchange(HttpHandler handler, String fields) {
    ScriptedTransport peer =
        new ScriptedTransport().send("GET /x HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n");
    TestScope.serve(handler, peer);
    return Reply.parse(peer.written()).getFirst();
  }

  @Test
  void cookiesAreRead() {
    Headers headers = Headers.of("Cookie", "a=1; b=\"2\";c=x=y; d; =e; a=3", "cookie", " f = g ");
    assertThat(Cookies.of(Request.of("GET", "/", headers, new byte[0])))
        .isEqualTo(Map.of("a", "1", "b", "2", "c", "x=y", "f", "g"));
  }

  @Test
  void cookiesAreSet() {
    assertThat(SetCookie.of("a", "b").toString()).isEqualTo("a=b; Path=/; HttpOnly; SameSite=Lax");
    assertThat(SetCookie.of("a", "b").path("/x").maxAge(Duration.ofMinutes(1)).overTls().toString())
        .isEqualTo("a=b; Path=/x; Max-Age=60; Secure; HttpOnly; SameSite=Lax");
    assertThat(SetCookie.remove("a").toString()).contains("Max-Age=0");
    for (String bad : List.of("a;b", "a b", "a\r\n", "ä", "a,b", "a\\b")) {
      assertThatThrownBy(() -> SetCookie.of("x", bad)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> SetCookie.of(bad, "x")).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aFormIsRead() throws Exception {
    byte[] body = "a=1+2&b=%C3%A4".getBytes(StandardCharsets.US_ASCII);
    Headers type = Headers.of("content-type", "application/x-www-form-urlencoded; charset=utf-8");
    Parameters form = Request.of("POST", "/", type, body).form();
    assertThat(form.get("a")).isEqualTo("1 2");
    assertThat(form.get("b")).isEqualTo("ä");
    Request other = Request.of("POST", "/", Headers.of("Content-Type", "text/plain"), body);
    assertThatThrownBy(other::form).isInstanceOf(ProtocolException.class);
  }

  @Test
  void eventsAreSentAsTheyCome() {
    HttpHandler handler =
        request ->
            Response.events(
                request,
                events -> {
                  events.retry(Duration.ofSeconds(2));
                  events.send("one\ntwo\r\nthree");
                  events.send(new ServerSentEvents.Event("7", "tick", ""));
                  events.heartbeat();
                  assertThat(events.isEnding()).isFalse();
                  assertThatThrownBy(
                          () -> events.sendAll(new ArrayBlockingQueue<>(1), Duration.ZERO))
                      .hasMessage("heartbeat is PT0S: expected 1ms or more");
                });
    Reply reply = exchange(handler, "");
    assertThat(reply.has("Content-Type: text/event-stream")).isTrue();
    assertThat(reply.has("Transfer-Encoding: chunked")).isTrue();
    assertThat(reply.body().replace('\n', '|'))
        .isEqualTo("retry: 2000||data: one|data: two|data: three||id: 7|event: tick|data||:||");
    assertThatThrownBy(() -> new ServerSentEvents.Event("a\nb", null, ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ServerSentEvents.Event(null, "a\rb", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void eventsEndWhenTheServerCloses() {
    BlockingQueue<ServerSentEvents.Event> queue = new ArrayBlockingQueue<>(9);
    queue.add(new ServerSentEvents.Event(null, null, "one"));
    List<TestScope> scope = new ArrayList<>();
    HttpHandler handler =
        request ->
            Response.events(
                request,
                events -> {
                  scope.getFirst().drain();
                  events.send("last");
                  events.sendAll(queue, Duration.ofMillis(5));
                });
    HttpHandler filtered = Compression.of(AccessLog.of(handler, AccessLog.Format.JSON, _ -> {}));
    scope.add(new TestScope(Http1.of(filtered)));
    ScriptedTransport peer = new ScriptedTransport().send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    scope.getFirst().run(peer);
    assertThat(Reply.parse(peer.written()).getFirst().body()).isEqualTo("data: last\n\n");
    assertThat(peer.hasOutputEnded()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip|gzip",
        "deflate|deflate",
        "gzip;q=0.5, deflate;q=0.6|deflate",
        "*|gzip",
        "br|",
        "x, GZIP ;q=1.000|gzip"
      })
  void whatIsWorthItIsCompressed(String accept, String coding) throws Exception {
    for (Response response :
        List.of(
            Response.text(TEXT).with("ETag", "\"x\""),
            Response.stream(
                "text/plain", out -> out.write(TEXT.getBytes(StandardCharsets.UTF_8))))) {
      Reply reply = exchange(Compression.of(_ -> response), "Accept-Encoding: " + accept + "\r\n");
      assertThat(reply.has("Vary: Accept-Encoding")).isTrue();
      assertThat(decode(reply.body(), coding)).isEqualTo(TEXT);
      assertThat(reply.head().contains("Content-Encoding: " + coding)).isEqualTo(coding != null);
      assertThat(reply.head().contains("ETag: W/"))
          .isEqualTo(coding != null && response instanceof Response.Full);
    }
  }

  private static String decode(String body, String coding) throws Exception {
    if (coding == null) {
      return body;
    }
    InputStream in = new ByteArrayInputStream(body.getBytes(StandardCharsets.ISO_8859_1));
    try (InputStream decoded =
        coding.equals("gzip") ? new GZIPInputStream(in) : new InflaterInputStream(in)) {
      return new String(decoded.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void whatIsNotWorthItIsNotCompressed() {
    byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_8);
    for (Response response :
        List.of(
            Response.text("short"),
            Response.bytes("image/png", bytes),
            Response.text(TEXT).with("Content-Encoding", "x"),
            Response.text(TEXT).with("Cache-Control", "public, no-transform"))) {
      Reply reply = exchange(Compression.of(_ -> response), "Accept-Encoding: gzip\r\n");
      assertThat(reply.head()).doesNotContain("gzip").doesNotContain("Vary");
    }
  }

  @Test
  void otherOriginsMayReadIfTheyAreNamed() {
    HttpHandler handler = Cors.of(_ -> Response.text("x"), "https://a");
    assertThat(
            exchange(handler, "Origin: https://a\r\n")
                .has("Access-Control-Allow-Origin: https://a"))
        .isTrue();
    assertThat(exchange(handler, "Origin: https://b\r\n").head())
        .doesNotContain("Access-Control")
        .contains("Vary: Origin");
    assertThat(exchange(handler, "").head()).contains("Vary: Origin");
    Headers preflight = Headers.of("Origin", "https://a", "Access-Control-Request-Method", "PUT");
    Response response = answer(handler, Request.of("OPTIONS", "/", preflight, new byte[0]));
    assertThat(response.status()).isEqualTo(Status.NO_CONTENT);
    assertThat(response.headers().containsToken("Access-Control-Allow-Methods", "PUT")).isTrue();
    assertThat(
            answer(
                    Cors.of(_ -> Response.text("x"), "*"),
                    Request.of("GET", "/").with("Origin", "b"))
                .headers()
                .get("access-control-allow-origin"))
        .isEqualTo("*");
  }

  private static Response answer(HttpHandler handler, Request request) {
    try {
      return handler.handle(request);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void requestsHaveIds() {
    List<String> ids = new ArrayList<>();
    HttpHandler handler =
        RequestId.of(
            request -> {
              ids.addAll(request.headers().all("x-request-id"));
              return Response.text("");
            });
    Reply reply = exchange(handler, "X-Request-Id: forged\r\n");
    assertThat(ids).hasSize(1);
    assertThat(reply.has("X-Request-Id: " + ids.getFirst())).isTrue();
    assertThat(ids.getFirst()).matches("[0-9a-f]{16}");
  }

  @Test
  void textIsEscaped() {
    assertThat(Html.escape("<a b=\"c\">&'")).isEqualTo("&lt;a b=&quot;c&quot;&gt;&amp;&#39;");
  }
}
