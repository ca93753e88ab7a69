package dev.heddle.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The life of a connection: requests in turn, bodies, errors, limits and time.
class Http1Test {
  private static final String GET = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

  private final List<String> seen = new ArrayList<>();
  private final ScriptedTransport peer = new ScriptedTransport();

  private Response echo(Request request) throws IOException {
    String text = request.method() + " " + request.target() + " " + request.body().text();
    seen.add(text.strip());
    return Response.text(text.strip());
  }

  private static String post(String fields, String body) {
    return "POST /p HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n" + body;
  }

  private List<Integer> statuses() {
    return Reply.parse(peer.written()).stream().map(Reply::status).toList();
  }

  // Keep-alive and pipelining: RFC 9112, section 9.3.

  @Test
  void answersToRequestsThatCameTogetherLeaveTogetherAndInOrder() {
    peer.send(GET + post("Content-Length: 2\r\n", "hi") + GET.replace("/a", "/b"));
    TestScope.serve(this::echo, peer);
    assertThat(Reply.parse(peer.written()))
        .extracting(Reply::body)
        .containsExactly("GET /a", "POST /p hi", "GET /b");
    assertThat(peer.writes()).isEqualTo(1);
  }

  @Test
  void tenThousandRequestsMayComeOnOneConnection() {
    peer.send(GET.repeat(10_000));
    TestScope.serve(_ -> Response.text("x"), peer);
    assertThat(peer.written().split("HTTP/1.1 200 OK\r\n", -1)).hasSize(10_001);
  }

  @Test
  void behindARequestThatClosesNothingIsServed() {
    peer.send("GET /a HTTP/1.1\r\nHost: a\r\nConnection: foo, CLOSE\r\n\r\n" + GET);
    TestScope.serve(this::echo, peer);
    assertThat(seen).hasSize(1);
    assertThat(peer.hasOutputEnded()).isTrue();
  }

  @Test
  void behindAResponseThatClosesNothingIsServed() {
    peer.send(GET + GET);
    TestScope.serve(request -> echo(request).with("Connection", "close"), peer);
    assertThat(seen).hasSize(1);
  }

  @Test
  void http10IsKeptOnlyIfItAsks() {
    peer.send("GET /a HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\nGET /b HTTP/1.0\r\n\r\n" + GET);
    TestScope.serve(this::echo, peer);
    assertThat(seen).containsExactly("GET /a", "GET /b");
  }

  @Test
  void aConnectionBringsNoMoreRequestsThanItMay() {
    String asking = GET.replace("\r\n\r\n", "\r\nConnection: keep-alive\r\n\r\n");
    peer.send(asking.repeat(4));
    HttpOptions options =
        HttpOptions.builder().keepAliveRequests(3).keepAliveTimeout(Duration.ofSeconds(5)).build();
    new TestScope(Http1.of(this::echo, options)).run(peer);
    List<Reply> replies = Reply.parse(peer.written());
    assertThat(replies).hasSize(3);
    assertThat(replies.get(0).has("Keep-Alive: timeout=5, max=2")).isTrue();
    assertThat(replies.get(1).has("Keep-Alive: timeout=5, max=1")).isTrue();
    assertThat(replies.get(2).has("Connection: close")).isTrue();
    assertThat(replies.get(2).head()).doesNotContain("Keep-Alive");
  }

  @Test
  void aDrainClosesBehindTheRequestUnderWay() {
    AtomicReference<TestScope> scope = new AtomicReference<>();
    scope.set(
        new TestScope(
            Http1.of(
                request -> {
                  scope.get().drain();
                  return echo(request);
                })));
    peer.send(GET + GET);
    scope.get().run(peer);
    assertThat(Reply.parse(peer.written())).hasSize(1).allMatch(r -> r.has("Connection: close"));
  }

  @Test
  void aDrainEndsAConnectionBetweenRequestsSilently() {
    TestScope scope = new TestScope(Http1.of(this::echo));
    peer.send(GET).then(scope::drain).send(GET);
    scope.run(peer);
    assertThat(statuses()).containsExactly(200);
  }

  // OPTIONS of the server as a whole: RFC 9110, section 9.3.7.

  @Test
  void optionsOfTheServerIsAnsweredForAHandlerThatKnowsOnlyPaths() {
    String options = "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n";
    peer.send(options + GET);
    TestScope.serve(this::echo, peer);
    assertThat(statuses()).containsExactly(204, 200);
    ScriptedTransport routed = new ScriptedTransport().send(options);
    TestScope.serve(Router.builder().get("/", this::echo).build(), routed);
    assertThat(Reply.parse(routed.written()))
        .singleElement()
        .matches(reply -> reply.has("Allow: GET, HEAD, OPTIONS"));
  }

  // Bodies: RFC 9112, section 6; 100-continue: RFC 9110, section 10.1.1.

  @Test
  void continueIsSentWhenTheBodyIsFirstRead() {
    List<String> written = new ArrayList<>();
    peer.send(post("Expect: 100-continue\r\nContent-Length: 2\r\n", ""))
        .then(() -> written.add(peer.written()))
        .send("hi")
        .send(GET);
    TestScope.serve(
        request -> {
          written.add(peer.written());
          return echo(request);
        },
        peer);
    assertThat(written.subList(0, 2)).containsExactly("", CONTINUE);
    assertThat(statuses()).containsExactly(100, 200, 200);
  }

  @Test
  void continueIsNotSentIfTheBodyIsNotRead() {
    peer.send(post("Expect: 100-continue\r\nContent-Length: 2\r\n", "")).send(GET);
    TestScope.serve(_ -> Response.status(403), peer);
    assertThat(Reply.parse(peer.written())).hasSize(1).allMatch(r -> r.has("Connection: close"));
  }

  @Test
  void continueIsNotSentIfTheBodyIsThere() {
    peer.send(post("Expect: 100-continue\r\nContent-Length: 2\r\n", "hi"));
    TestScope.serve(this::echo, peer);
    assertThat(statuses()).containsExactly(200);
  }

  @Test
  void continueIsNotSentToHttp10() {
    peer.send("POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n").send("hi");
    TestScope.serve(this::echo, peer);
    assertThat(statuses()).containsExactly(200);
  }

  @Test
  void continueIsNotSentIfTheBodyIsTooLong() {
    peer.send(post("Expect: 100-continue\r\nContent-Length: 99999999999\r\n", ""));
    TestScope.serve(this::echo, peer);
    assertThat(statuses()).containsExactly(413);
  }

  @Test
  void whatAHandlerLeavesOfABodyIsDropped() {
    peer.send(post("Content-Length: 20\r\n", "GET /x HTTP/1.1\r\n\r\n\n") + GET)
        .send(post("Transfer-Encoding: chunked\r\n", "5\r\nhel"))
        .send("lo\r\n0\r\n\r\n" + GET);
    TestScope.serve(
        request -> {
          seen.add(request.method());
          return Response.text("");
        },
        peer);
    assertThat(seen).containsExactly("POST", "GET", "POST", "GET");
    assertThat(statuses()).containsExactly(200, 200, 200, 200);
  }

  @Test
  void aLongBodyThatIsLeftUnreadEndsTheConnection() {
    String body = "x".repeat(300_000);
    peer.send(post("Content-Length: 300000\r\n", body) + GET);
    TestScope.serve(_ -> Response.text(""), peer);
    assertThat(Reply.parse(peer.written())).hasSize(1).allMatch(r -> r.has("Connection: close"));
  }

  @Test
  void aLongChunkedBodyThatIsLeftUnreadEndsTheConnection() {
    peer.send(post("Transfer-Encoding: chunked\r\n", "1000\r\n" + "x".repeat(4096) + "\r\n"));
    for (int i = 0; i < 100; i++) {
      peer.send("1000\r\n" + "x".repeat(4096) + "\r\n");
    }
    peer.send("0\r\n\r\n" + GET);
    TestScope.serve(_ -> Response.text(""), peer);
    assertThat(statuses()).containsExactly(200);
  }

  @Test
  void aBodyHasItsLimitAndAHandlerMayRaiseIt() {
    HttpOptions options = HttpOptions.builder().limits(HttpLimits.DEFAULT.withBody(4)).build();
    for (String body :
        List.of(
            "Content-Length: 5\r\n|hello",
            "Transfer-Encoding: chunked\r\n|5\r\nhello\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked\r\n|4\r\nhell\r\n1\r\no\r\n0\r\n\r\n")) {
      String request =
          post(body.substring(0, body.indexOf('|')), body.substring(body.indexOf('|') + 1));
      ScriptedTransport refused = new ScriptedTransport().send(request + GET);
      new TestScope(Http1.of(this::echo, options)).run(refused);
      assertThat(Reply.parse(refused.written())).hasSize(1).allMatch(r -> r.status() == 413);
      ScriptedTransport raised = new ScriptedTransport().send(request + GET);
      new TestScope(Http1.of(r -> Response.text(r.body().limit(5).text()), options)).run(raised);
      assertThat(Reply.parse(raised.written()))
          .extracting(Reply::body)
          .containsExactly("hello", "");
    }
  }

  @Test
  void aRefusalThatAHandlerSwallowsStillEndsTheConnection() {
    peer.send(post("Transfer-Encoding: chunked\r\n", "zz\r\n") + GET);
    TestScope.serve(
        request -> {
          try {
            return echo(request);
          } catch (IOException e) {
            return Response.text("never mind");
          }
        },
        peer);
    assertThat(Reply.parse(peer.written())).hasSize(1).allMatch(r -> r.has("Connection: close"));
  }

  @Test
  void aBodyIsReadByteByByteAndInPieces() throws IOException {
    peer.send(post("Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n2\r\nde\r\n0\r\nX: y\r\n\r\n"));
    TestScope.serve(
        request -> {
          RequestBody body = request.body();
          assertThat(body.length()).isEqualTo(-1);
          assertThat(body.read()).isEqualTo('a');
          assertThat(body.available()).isEqualTo(2);
          assertThat(body.read(new byte[0])).isZero();
          assertThat(body.readNBytes(3)).isEqualTo("bcd".getBytes(StandardCharsets.US_ASCII));
          assertThat(body.trailers()).isEqualTo(Headers.EMPTY);
          assertThat(body.skip(1)).isEqualTo(1);
          assertThat(body.read()).isEqualTo(-1);
          assertThat(body.read(new byte[9])).isEqualTo(-1);
          assertThat(body.trailers()).isEqualTo(Headers.of("x", "y"));
          return Response.text("");
        },
        peer);
    assertThat(statuses()).containsExactly(200);
  }

  @Test
  void extensionsMayNotOutweighTheData() {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      body.append("1;").append("x".repeat(1000)).append("\r\na\r\n");
    }
    peer.send(post("Transfer-Encoding: chunked\r\n", body + "0\r\n\r\n"));
    TestScope.serve(this::echo, peer);
    assertThat(statuses()).containsExactly(400);
  }

  // Limits.

  @Test
  void headsHaveLimits() {
    assertThat(status("GET /" + "a".repeat(8192) + " HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo(414);
    assertThat(status("GET /" + "a".repeat(9000))).isEqualTo(414);
    assertThat(status("GET /" + "a".repeat(8000) + " HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo(200);
    assertThat(status("GET / HTTP/1.1\r\nHost: a\r\nA: " + "a".repeat(8192) + "\r\n\r\n"))
        .isEqualTo(431);
    assertThat(status("GET / HTTP/1.1\r\nHost: a\r\nA: " + "a".repeat(9000))).isEqualTo(431);
    assertThat(status("GET / HTTP/1.1\r\nHost: a\r\nA: " + "a".repeat(8000) + "\r\n\r\n"))
        .isEqualTo(200);
    assertThat(status("GET / HTTP/1.1\r\nHost: a\r\n" + "A: b\r\n".repeat(100) + "\r\n"))
        .isEqualTo(431);
    assertThat(status("GET / HTTP/1.1\r\nHost: a\r\n" + "A: b\r\n".repeat(99) + "\r\n"))
        .isEqualTo(200);
    assertThat(
            status(
                "GET / HTTP/1.1\r\nHost: a\r\n"
                    + ("A: " + "b".repeat(4000) + "\r\n").repeat(9)
                    + "\r\n"))
        .isEqualTo(431);
  }

  private int status(String request) {
    ScriptedTransport one = new ScriptedTransport().send(request);
    TestScope.serve(_ -> Response.text(""), one);
    return Reply.parse(one.written()).getFirst().status();
  }

  // Time.

  @Test
  void aHeadThatDoesNotComeInTimeIsAnsweredWith408() {
    TestScope scope = new TestScope(Http1.of(this::echo));
    peer.send("GET / HT").then(() -> scope.pass(Duration.ofSeconds(11))).send("TP/1.1\r\n");
    scope.run(peer);
    assertThat(Reply.parse(peer.written())).hasSize(1).allMatch(r -> r.status() == 408);
  }

  @Test
  void aHeadThatDripsIsNotGivenMoreTime() {
    TestScope scope = new TestScope(Http1.of(this::echo));
    for (int i = 0; i < GET.length(); i++) {
      peer.send(GET.substring(i, i + 1)).then(() -> scope.pass(Duration.ofMillis(400)));
    }
    scope.run(peer);
    assertThat(statuses()).containsExactly(408);
  }

  @Test
  void aConnectionWithoutARequestIsClosedSilently() {
    TestScope scope = new TestScope(Http1.of(this::echo));
    peer.then(() -> scope.pass(Duration.ofSeconds(61))).send(GET);
    scope.run(peer);
    assertThat(peer.written()).isEmpty();
    assertThat(peer.hasOutputEnded()).isTrue();
  }

  @Test
  void aConnectionBetweenRequestsIsClosedSilently() {
    TestScope scope = new TestScope(Http1.of(this::echo));
    peer.send(GET).then(() -> scope.pass(Duration.ofSeconds(59))).send(GET);
    peer.then(() -> scope.pass(Duration.ofSeconds(61))).send(GET);
    scope.run(peer);
    assertThat(statuses()).containsExactly(200, 200);
  }

  @Test
  void aBodyThatDoesNotComeInTimeIsAnsweredWith408() {
    TestScope scope = new TestScope(Http1.of(this::echo));
    peer.send(post("Content-Length: 5\r\n", "he"))
        .then(() -> scope.pass(Duration.ofSeconds(31)))
        .send("llo" + GET);
    scope.run(peer);
    assertThat(Reply.parse(peer.written())).hasSize(1).allMatch(r -> r.status() == 408);
    assertThat(seen).isEmpty();
  }

  @Test
  void aHandlerMayTakeItsTimeBetweenTwoReads() {
    TestScope scope = new TestScope(Http1.of(r -> Response.text("")));
    AtomicReference<TestScope> slow = new AtomicReference<>(scope);
    slow.set(
        new TestScope(
            Http1.of(
                request -> {
                  slow.get().pass(Duration.ofHours(1));
                  String first =
                      new String(request.body().readNBytes(2), StandardCharsets.US_ASCII);
                  slow.get().pass(Duration.ofHours(1));
                  return Response.text(first + request.body().text());
                })));
    peer.send(post("Content-Length: 5\r\n", "")).send("he").send("llo");
    slow.get().run(peer);
    assertThat(Reply.parse(peer.written())).extracting(Reply::body).containsExactly("hello");
  }

  // Faults, and whose they are.

  @Test
  void aHandlersFailureIsAnsweredOnceWith500AndTheConnectionKept() {
    List<Throwable> failures =
        new ArrayList<>(
            List.of(
                new IllegalStateException("secret"),
                new IOException("secret"),
                new SocketTimeoutException("secret"),
                new AssertionError("secret"),
                new StackOverflowError("secret")));
    peer.send(GET.repeat(failures.size()));
    TestScope.serve(
        _ -> {
          Throwable failure = failures.removeFirst();
          if (failure instanceof Error e) {
            throw e;
          }
          throw (Exception) failure;
        },
        peer);
    assertThat(statuses()).containsExactly(500, 500, 500, 500, 500);
    assertThat(peer.written()).doesNotContain("secret");
  }

  @Test
  void noResponseIsAFailureToo() {
    peer.send(GET);
    TestScope.serve(_ -> null, peer);
    assertThat(statuses()).containsExactly(500);
  }

  @Test
  void aHandlerMayRefuse() {
    peer.send(GET + GET);
    TestScope.serve(
        _ -> {
          throw new ProtocolException(Status.UNPROCESSABLE_CONTENT, "no such thing");
        },
        peer);
    assertThat(Reply.parse(peer.written()))
        .hasSize(2)
        .allMatch(r -> r.body().equals("422 Unprocessable Content: no such thing\n"));
  }

  @Test
  void aRefusalThatAHandlerWrapsKeepsItsStatus() {
    peer.send(post("Transfer-Encoding: chunked\r\n", "zz\r\n") + GET);
    TestScope.serve(
        request -> {
          try {
            return echo(request);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        peer);
    assertThat(statuses()).containsExactly(400);
  }

  @Test
  void aStreamThatFailsBeforeItsFirstByteIsAnsweredWith500() {
    peer.send(GET + GET);
    TestScope.serve(_ -> Response.stream("a/b", this::fail), peer);
    assertThat(statuses()).containsExactly(500, 500);
  }

  @Test
  void aStreamThatFailsLaterIsCutShort() {
    peer.send(GET + GET);
    TestScope.serve(
        _ ->
            Response.stream(
                "a/b",
                out -> {
                  out.write('x');
                  out.flush();
                  fail(out);
                }),
        peer);
    assertThat(peer.written()).endsWith("\r\n\r\n1\r\nx\r\n");
    assertThat(peer.hasOutputEnded()).isFalse();
    assertThat(peer.isClosed()).isTrue();
  }

  private void fail(OutputStream out) {
    throw new IllegalStateException("no body");
  }

  @Test
  void aPeerThatLeavesWithinAHeadIsToldSo() {
    peer.send("GET / HTTP/1.1\r\nHost: a");
    TestScope.serve(this::echo, peer);
    assertThat(statuses()).containsExactly(400);
  }

  @Test
  void aPeerThatLeavesWithinABodyIsToldSo() {
    peer.send(post("Content-Length: 5\r\n", "he"));
    TestScope.serve(this::echo, peer);
    assertThat(statuses()).containsExactly(400);
    assertThat(seen).isEmpty();
  }

  @Test
  void aNetworkThatBreaksIsNoFault() {
    peer.send(post("Content-Length: 5\r\n", "he")).reset();
    TestScope.serve(this::echo, peer);
    assertThat(peer.written()).isEmpty();
    assertThat(peer.isClosed()).isTrue();
  }

  // Leaving HTTP: RFC 9110, section 7.8.

  @Test
  void anUpgradeHandsOverTheConnectionWithWhatFollows() {
    String request = "GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n";
    peer.send(GET + request + "left").send("over");
    TestScope.serve(
        r ->
            r.path().equals("/ws")
                ? Response.upgrade("echo", c -> c.input().transferTo(c.output()))
                    .with("X-More", "yes")
                : echo(r),
        peer);
    String written = peer.written().substring(peer.written().indexOf("HTTP/1.1 101"));
    assertThat(written.replaceFirst("Date: [^\r]*\r\n", ""))
        .isEqualTo(
            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n"
                + "X-More: yes\r\n\r\nleftover");
  }

  @Test
  void anUpgradeComesBehindTheBody() {
    peer.send(post("Connection: Upgrade\r\nUpgrade: x\r\nContent-Length: 2\r\n", "hi!!"));
    TestScope.serve(_ -> Response.upgrade("x", c -> c.input().transferTo(c.output())), peer);
    assertThat(peer.written()).startsWith("HTTP/1.1 101").endsWith("\r\n\r\n!!");
  }

  @Test
  void anUpgradeAsksForTheBodyFirst() {
    String upgrade = "Connection: Upgrade\r\nUpgrade: x\r\n";
    peer.send(post(upgrade + "Expect: 100-continue\r\nContent-Length: 2\r\n", ""))
        .send("hi")
        .send("!!");
    TestScope.serve(_ -> Response.upgrade("x", c -> c.input().transferTo(c.output())), peer);
    assertThat(peer.written()).startsWith(CONTINUE + "HTTP/1.1 101").endsWith("\r\n\r\n!!");
  }

  @Test
  void noUpgradeComesBehindABodyTooLongToBeDropped() {
    String upgrade = "Connection: Upgrade\r\nUpgrade: x\r\n";
    peer.send(post(upgrade + "Content-Length: 300000\r\n", "x".repeat(300_000)));
    TestScope.serve(_ -> Response.upgrade("x", _ -> seen.add("upgraded")), peer);
    assertThat(statuses()).containsExactly(413);
    assertThat(seen).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.0|Host: a|Connection: Upgrade|Upgrade: x||",
        "GET / HTTP/1.1|Host: a||",
        "GET / HTTP/1.1|Host: a|Upgrade: x||",
        "GET / HTTP/1.1|Host: a|Connection: Upgrade||",
        "GET / HTTP/1.1|Host: a|Connection: Upgrade|Upgrade: y, xx||"
      })
  void nobodyIsLedToAProtocolThatTheyDidNotAskFor(String request) {
    peer.send(request.replace("|", "\r\n"));
    TestScope.serve(_ -> Response.upgrade("x", _ -> seen.add("upgraded")), peer);
    assertThat(Reply.parse(peer.written()))
        .singleElement()
        .matches(reply -> reply.status() == 426)
        .matches(reply -> reply.has("Upgrade: x") && reply.has("Connection: Upgrade"));
    assertThat(seen).isEmpty();
  }

  @Test
  void connectIsGrantedByATunnelOnly() {
    String connect = "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n";
    peer.send(connect + GET);
    TestScope.serve(this::echo, peer);
    assertThat(Reply.parse(peer.written())).hasSize(1).allMatch(r -> r.status() == 501);
    ScriptedTransport tunnel = new ScriptedTransport().send(connect + "bytes");
    TestScope.serve(_ -> Response.upgrade("", c -> c.input().transferTo(c.output())), tunnel);
    assertThat(tunnel.written()).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\nbytes");
    assertThat(tunnel.written()).doesNotContain("Upgrade").doesNotContain("Content-Length");
  }
}
