package dev.heddle.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.http.Headers;
import dev.heddle.http.HeadersBuilder;
import dev.heddle.http.Http1;
import dev.heddle.http.HttpHandler;
import dev.heddle.http.Request;
import dev.heddle.http.Response;
import dev.heddle.http.ScriptedTransport;
import dev.heddle.http.TestScope;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HandshakeTest {
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
  private static final WebSocketHandler NOTHING = _ -> {};

  /// @param change field lines that are taken out (`-Name`) and put in (`Name: value`)
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Case(String name, int status, String... change) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> requests() {
    return Stream.of(
        new Case("as it should be", 101),
        new Case(
            "tokens in whatever case",
            101,
            "-Upgrade",
            "-Connection",
            "uPgRaDe: WebSocket",
            "cOnNeCtIoN: UPGRADE"),
        new Case(
            "tokens in lists",
            101,
            "-Upgrade",
            "-Connection",
            "Upgrade: h2c , websocket",
            "Connection: keep-alive, Upgrade"),
        new Case(
            "tokens in several fields",
            101,
            "-Connection",
            "Connection: keep-alive",
            "Connection: upgrade"),
        new Case("no Upgrade", 426, "-Upgrade"),
        new Case("another Upgrade", 426, "-Upgrade", "Upgrade: websocket2"),
        new Case("no Connection", 426, "-Connection"),
        new Case("another Connection", 426, "-Connection", "Connection: keep-alive"),
        new Case("no version", 426, "-Sec-WebSocket-Version"),
        new Case("version 8", 426, "-Sec-WebSocket-Version", "Sec-WebSocket-Version: 8"),
        new Case("version 14", 426, "-Sec-WebSocket-Version", "Sec-WebSocket-Version: 14"),
        new Case("version 013", 426, "-Sec-WebSocket-Version", "Sec-WebSocket-Version: 013"),
        new Case("two versions", 426, "Sec-WebSocket-Version: 8"),
        new Case("no key", 400, "-Sec-WebSocket-Key"),
        new Case("two keys", 400, "Sec-WebSocket-Key: " + KEY),
        new Case("an empty key", 400, "-Sec-WebSocket-Key", "Sec-WebSocket-Key: "),
        new Case("15 bytes", 400, "-Sec-WebSocket-Key", "Sec-WebSocket-Key: MTIzNDU2Nzg5MDEyMzQ1"),
        new Case(
            "17 bytes", 400, "-Sec-WebSocket-Key", "Sec-WebSocket-Key: MTIzNDU2Nzg5MDEyMzQ1Njc="),
        new Case(
            "16 bytes, not padded",
            400,
            "-Sec-WebSocket-Key",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ"),
        new Case(
            "no Base64", 400, "-Sec-WebSocket-Key", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j!Q=="),
        new Case("a subprotocol that is no token", 400, "Sec-WebSocket-Protocol: a b"),
        new Case("an empty subprotocol", 400, "Sec-WebSocket-Protocol: a,,b"),
        new Case(
            "a subprotocol twice",
            400,
            "Sec-WebSocket-Protocol: a, b",
            "Sec-WebSocket-Protocol: a"),
        new Case("an extension nobody knows", 101, "Sec-WebSocket-Extensions: x-new; a=1; b"),
        new Case("a quoted parameter", 101, "Sec-WebSocket-Extensions: x; a=\"b\", y"),
        new Case("an extension without a name", 400, "Sec-WebSocket-Extensions: ; a"),
        new Case("a parameter without a name", 400, "Sec-WebSocket-Extensions: x; =1"),
        new Case("a parameter without its value", 400, "Sec-WebSocket-Extensions: x; a="),
        new Case("a quoted value that is no token", 400, "Sec-WebSocket-Extensions: x; a=\"b c\""),
        new Case("a quote that does not end", 400, "Sec-WebSocket-Extensions: x; a=\"b"),
        new Case("an empty list of extensions", 400, "Sec-WebSocket-Extensions: ,"),
        new Case("no origin, as of a program", 101),
        new Case("the same origin", 101, "Origin: http://server.example.com"),
        new Case("the same origin over TLS", 101, "Origin: https://server.example.com"),
        new Case("the same origin, its port named", 101, "Origin: https://server.example.com:443"),
        new Case("the same origin in whatever case", 101, "Origin: HTTP://Server.Example.COM"),
        new Case("another host", 403, "Origin: http://evil.example.com"),
        new Case("a host that ends so", 403, "Origin: http://evilserver.example.com"),
        new Case("another port", 403, "Origin: http://server.example.com:8080"),
        new Case("the port of another scheme", 403, "Origin: http://server.example.com:443"),
        new Case("the origin null", 403, "Origin: null"),
        new Case("an empty origin", 403, "Origin: "),
        new Case("another scheme", 403, "Origin: file://server.example.com"),
        new Case("two origins", 403, "Origin: http://server.example.com", "Origin: http://b"),
        new Case("a host with its port", 101, "-Host", "Host: a:8080", "Origin: http://a:8080"),
        new Case("the default port in Host", 101, "-Host", "Host: a:80", "Origin: http://a"),
        new Case("an IPv6 address", 101, "-Host", "Host: [::1]:81", "Origin: http://[::1]:81"));
  }

  @ParameterizedTest
  @MethodSource
  void requests(Case c) {
    Response response = answer("GET", WebSocketOptions.DEFAULT, c.change());
    assertThat(response.status().code()).isEqualTo(c.status());
    if (c.status() == 101) {
      assertThat(response.headers().all("Sec-WebSocket-Accept"))
          .containsExactly("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
      assertThat(response.headers().get("Upgrade")).isEqualTo("websocket");
      assertThat(response.headers().get("Connection")).isEqualTo("Upgrade");
      assertThat(response.headers().contains("Sec-WebSocket-Protocol")).isFalse();
      assertThat(response.headers().contains("Sec-WebSocket-Extensions")).isFalse();
    }
  }

  @Test
  void anotherVersionIsToldOurs() {
    Response response =
        answer(
            "GET", WebSocketOptions.DEFAULT, "-Sec-WebSocket-Version", "Sec-WebSocket-Version: 7");
    assertThat(response.headers().all("Sec-WebSocket-Version")).containsExactly("13");
  }

  @Test
  void onlyGetIsServed() {
    for (String method : List.of("POST", "HEAD", "PUT", "get")) {
      Response response = answer(method, WebSocketOptions.DEFAULT);
      assertThat(response.status().code()).isEqualTo(405);
      assertThat(response.headers().get("Allow")).isEqualTo("GET");
    }
  }

  @Test
  void http10CanNotBeLeft() {
    ScriptedTransport peer =
        new ScriptedTransport().send(Script.HANDSHAKE.replace("HTTP/1.1", "HTTP/1.0"));
    new TestScope(Http1.of(WebSockets.of(NOTHING))).run(peer);
    assertThat(peer.written()).startsWith("HTTP/1.1 426 ");
  }

  @Test
  void ofTheSubprotocolsThePeersFirstThatWeSpeakIsChosen() {
    WebSocketOptions options = WebSocketOptions.builder().subprotocols("chat", "json").build();
    assertThat(subprotocol(options, "Sec-WebSocket-Protocol: x, json, chat")).isEqualTo("json");
    assertThat(subprotocol(options, "Sec-WebSocket-Protocol: x", "Sec-WebSocket-Protocol: chat"))
        .isEqualTo("chat");
    assertThat(subprotocol(options, "Sec-WebSocket-Protocol: CHAT")).isNull();
    assertThat(subprotocol(options)).isNull();
  }

  private static String subprotocol(WebSocketOptions options, String... fields) {
    Response response = answer("GET", options, fields);
    assertThat(response.status().code()).isEqualTo(101);
    return response.headers().get("Sec-WebSocket-Protocol");
  }

  @Test
  void originsMayBeNamed() {
    WebSocketOptions some =
        WebSocketOptions.builder().origins(OriginPolicy.of("https://a.example")).build();
    assertThat(answer("GET", some, "Origin: https://a.example").status().code()).isEqualTo(101);
    assertThat(answer("GET", some, "Origin: https://A.example").status().code()).isEqualTo(101);
    assertThat(answer("GET", some, "Origin: http://server.example.com").status().code())
        .isEqualTo(403);
    assertThat(answer("GET", some).status().code()).isEqualTo(101);
    WebSocketOptions all = WebSocketOptions.builder().origins(OriginPolicy.any()).build();
    assertThat(answer("GET", all, "Origin: null").status().code()).isEqualTo(101);
  }

  @Test
  void theHandlerSeesTheRequestAndWhatWasChosen() {
    List<String> seen = new ArrayList<>();
    WebSocketHandler handler =
        socket -> {
          seen.add(socket.request().header("Host"));
          seen.add(socket.request().query().get("room"));
          seen.add(socket.subprotocol());
          seen.add(socket.peer().toString());
        };
    WebSocketOptions options = WebSocketOptions.builder().subprotocols("chat").build();
    String handshake = Script.HANDSHAKE.replace("Host", "Sec-WebSocket-Protocol: chat\r\nHost");
    Script.run(options, handshake, List.of(), handler);
    assertThat(seen).startsWith("server.example.com", "1", "chat").hasSize(4);
  }

  @Test
  void aHandlerMayRefuseWithAnyResponseAndAddFields() {
    HttpHandler handler =
        request ->
            request.query().get("room").equals("1")
                ? WebSockets.upgrade(request, NOTHING, WebSocketOptions.DEFAULT)
                    .with("Set-Cookie", "a=b")
                : Response.status(401);
    ScriptedTransport peer =
        new ScriptedTransport()
            .send(Script.HANDSHAKE.replace("room=1", "room=2"))
            .send(Script.HANDSHAKE);
    new TestScope(Http1.of(handler)).run(peer);
    assertThat(peer.written())
        .startsWith("HTTP/1.1 401 ")
        .contains("HTTP/1.1 101 Switching Protocols\r\n", "Set-Cookie: a=b\r\n");
  }

  @Test
  void otherPathsAreNotFound() throws Exception {
    HttpHandler handler = WebSockets.at("/echo", NOTHING);
    assertThat(handler.handle(Request.of("GET", "/other")).status().code()).isEqualTo(404);
    assertThat(handler.handle(Request.of("GET", "/echo")).status().code()).isEqualTo(426);
    assertThat(handler.handle(Request.of("POST", "/echo")).status().code()).isEqualTo(405);
  }

  @Test
  void noExtensionIsAgreedOnThatIsSwitchedOff() {
    WebSocketOptions off = WebSocketOptions.builder().compression(null).build();
    Response response = answer("GET", off, "Sec-WebSocket-Extensions: permessage-deflate");
    assertThat(response.headers().contains("Sec-WebSocket-Extensions")).isFalse();
  }

  static Response answer(String method, WebSocketOptions options, String... change) {
    Headers headers =
        Headers.of(
            "Host",
            "server.example.com",
            "Upgrade",
            "websocket",
            "Connection",
            "Upgrade",
            "Sec-WebSocket-Key",
            KEY,
            "Sec-WebSocket-Version",
            "13");
    for (String field : change) {
      if (field.startsWith("-")) {
        headers = headers.without(field.substring(1));
      }
    }
    HeadersBuilder builder = Headers.builder().addAll(headers);
    for (String field : change) {
      if (!field.startsWith("-")) {
        int colon = field.indexOf(':');
        builder.add(field.substring(0, colon), field.substring(colon + 1));
      }
    }
    Request request = Request.of(method, "/chat?room=1", builder.build(), new byte[0]);
    return WebSockets.upgrade(request, NOTHING, options);
  }
}
