package dev.heddle.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every case of [RequestTables] is read whole, split at every byte, a byte a read, and with more
/// bytes behind it.
class RequestReaderTest {
  private static final String NEXT = "GET /next HTTP/1.1\r\nHost: n\r\n\r\n";
  private static final String NEXT_DESCRIBED = "GET ORIGIN /next HTTP/1.1 [Host: n]";

  private final List<String> seen = new ArrayList<>();

  static Stream<RequestTables.Case> accepted() {
    return RequestTables.accepted().stream();
  }

  static Stream<RequestTables.Case> refused() {
    return Stream.concat(RequestTables.refused().stream(), RequestTables.smuggled().stream());
  }

  @ParameterizedTest
  @MethodSource
  void accepted(RequestTables.Case c) {
    boolean kept = !c.bytes().contains("HTTP/1.0\r\n") || c.bytes().contains("keep-alive");
    kept &= !c.bytes().startsWith("CONNECT");
    List<String> both = kept ? List.of(c.expected(), NEXT_DESCRIBED) : List.of(c.expected());
    for (ScriptedTransport peer : deliveries(c.bytes())) {
      assertThat(serve(peer)).isEqualTo(List.of(c.expected()));
    }
    for (ScriptedTransport peer : deliveries(c.bytes() + NEXT)) {
      assertThat(serve(peer)).isEqualTo(both);
    }
    // And as the second on a connection that remembers the first.
    for (ScriptedTransport peer : deliveries(NEXT + c.bytes())) {
      assertThat(serve(peer)).isEqualTo(List.of(NEXT_DESCRIBED, c.expected()));
    }
  }

  @ParameterizedTest
  @MethodSource
  void refused(RequestTables.Case c) {
    for (String bytes : List.of(c.bytes(), c.bytes() + NEXT)) {
      for (ScriptedTransport peer : deliveries(bytes)) {
        assertThat(serve(peer)).isEmpty();
        List<Reply> replies = Reply.parse(peer.written());
        assertThat(replies).hasSize(1);
        assertThat(replies.getFirst().status()).isEqualTo(Integer.parseInt(c.expected()));
        assertThat(replies.getFirst().has("Connection: close")).isTrue();
        assertThat(peer.hasOutputEnded()).isTrue();
      }
    }
  }

  @Test
  void thereAreMoreThan150CasesEachWithItsSection() {
    List<RequestTables.Case> all = new ArrayList<>(RequestTables.accepted());
    all.addAll(RequestTables.refused());
    all.addAll(RequestTables.smuggled());
    assertThat(all)
        .hasSizeGreaterThan(200)
        .allMatch(c -> c.rfc().matches("RFC \\d+, section [\\d.]+"));
    assertThat(all).extracting(RequestTables.Case::toString).doesNotHaveDuplicates();
  }

  @Test
  void aRequestThatRepeatsTheOneBeforeSharesItsParts() {
    List<Request> requests = new ArrayList<>();
    ScriptedTransport peer =
        new ScriptedTransport().send(NEXT + NEXT).send(NEXT.replace("n\r", "m\r"));
    TestScope.serve(
        request -> {
          requests.add(request);
          return Response.text("");
        },
        peer);
    assertThat(requests.get(1).headers()).isSameAs(requests.get(0).headers());
    assertThat(requests.get(2).headers()).isEqualTo(Headers.of("Host", "m"));
    assertThat(requests.get(2).line()).isSameAs(requests.get(0).line());
  }

  @Test
  void whatIsRememberedOfHttp11DoesNotServeHttp10() {
    String body =
        "Transfer-Encoding: chunked\r\nConnection: keep-alive\r\nHost: a\r\n\r\n0\r\n\r\n";
    ScriptedTransport peer =
        new ScriptedTransport().send("POST / HTTP/1.1\r\n" + body + "POST / HTTP/1.0\r\n" + body);
    serve(peer);
    assertThat(Reply.parse(peer.written()))
        .as(peer.written())
        .extracting(Reply::status)
        .containsExactly(200, 400);
  }

  @Test
  void pathAndQueryAreDecoded() throws Exception {
    Request request = Request.of("GET", "/a%2Fb/%C3%A4+/?q=1+2&q=%26&=x&y&bad=%zz&&");
    assertThat(request.segments()).containsExactly("a/b", "ä+", "");
    assertThat(request.query().all("q")).containsExactly("1 2", "&");
    assertThat(request.query().get("")).isEqualTo("x");
    assertThat(request.query().get("y")).isEmpty();
    assertThat(request.query().get("bad")).isEqualTo("%zz");
    assertThat(request.query().get("none")).isNull();
    assertThat(Request.of("GET", "/").segments()).containsExactly("");
    assertThat(Request.of("OPTIONS", "*").segments()).isEmpty();
    assertThat(Request.of("GET", "/?a=%ff%C3").query().get("a")).isEqualTo("\ufffd\ufffd");
  }

  @Test
  void theAbsoluteFormNamesTheHost() throws Exception {
    Map<String, String> hosts =
        Map.of(
            "http://b:8080/x?y", "b:8080", "http://b", "b", "/x", "a", "http://[::1]?q", "[::1]");
    for (Map.Entry<String, String> host : hosts.entrySet()) {
      Request request = Request.of("GET", host.getKey(), Headers.of("host", "a"), new byte[0]);
      assertThat(request.host()).isEqualTo(host.getValue());
    }
    assertThat(Request.of("GET", "http://b").path()).isEqualTo("/");
    assertThat(Request.of("GET", "http://b?q").target().query()).isEqualTo("q");
  }

  private List<String> serve(ScriptedTransport peer) {
    seen.clear();
    TestScope.serve(
        request -> {
          String described = RequestTables.describe(request);
          seen.add(described);
          return request.isConnect() ? Response.status(403) : Response.text("ok");
        },
        peer);
    return seen;
  }

  private static List<ScriptedTransport> deliveries(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    List<ScriptedTransport> all = new ArrayList<>();
    all.add(new ScriptedTransport().send(bytes));
    all.add(new ScriptedTransport().sendEach(bytes));
    int step = bytes.length > 600 ? 7 : 1;
    for (int i = 1; i < bytes.length; i += step) {
      all.add(
          new ScriptedTransport()
              .send(java.util.Arrays.copyOf(bytes, i))
              .send(java.util.Arrays.copyOfRange(bytes, i, bytes.length)));
    }
    return all;
  }
}
