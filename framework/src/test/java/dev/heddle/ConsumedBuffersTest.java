package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.http.Http1;
import dev.heddle.http.HttpHandler;
import dev.heddle.http.Response;
import dev.heddle.http.ScriptedTransport;
import dev.heddle.http.TestScope;
import dev.heddle.ws.WebSocketHandler;
import dev.heddle.ws.WebSockets;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A handler at work holds no buffer of which nothing is left to read: it may work for long, and
/// thousands with it.
class ConsumedBuffersTest {
  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String HANDSHAKE =
      """
      GET / HTTP/1.1
      Host: a
      Upgrade: websocket
      Connection: Upgrade
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
      Sec-WebSocket-Version: 13

      """
          .replace("\n", "\r\n");
  private static final byte[] MESSAGE = {(byte) 0x82, (byte) 0x81, 0, 0, 0, 0, 7};

  /// Whether a buffer was held, each time that somebody was at work.
  private final List<Boolean> held = new ArrayList<>();

  private void look(Connection connection) {
    held.add(connection.buffered().capacity() > 0);
  }

  @Test
  void aHandlerThatHasReadAllHoldsNone() {
    ScriptedTransport peer = new ScriptedTransport().send("abc");
    new TestScope(
            c -> {
              c.read(ByteBuffer.allocate(2));
              look(c);
              c.read(ByteBuffer.allocate(2));
              look(c);
            })
        .run(peer);
    assertThat(held).containsExactly(true, false);
  }

  @Test
  void aHandlerOfHttpHoldsNoneUnlessTheNextRequestIsThere() {
    ScriptedTransport peer = new ScriptedTransport().send(REQUEST + REQUEST).send(REQUEST);
    new TestScope(
            c -> {
              HttpHandler handler =
                  _ -> {
                    look(c);
                    return Response.text("x");
                  };
              Http1.of(handler).handle(c);
            })
        .run(peer);
    assertThat(held).containsExactly(true, false, false);
  }

  @Test
  void aHandlerOfHttpHoldsNoneWhenItHasReadAChunkedBody() {
    String request = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    ScriptedTransport peer = new ScriptedTransport().send(request + "3\r\nabc\r\n0\r\n\r\n");
    new TestScope(
            c -> {
              HttpHandler handler =
                  r -> {
                    look(c);
                    assertThat(r.body().text()).isEqualTo("abc");
                    look(c);
                    return Response.text("x");
                  };
              Http1.of(handler).handle(c);
            })
        .run(peer);
    assertThat(held).containsExactly(true, false);
  }

  @Test
  void aHandlerOfAWebSocketHoldsNoneUnlessTheNextMessageIsThere() {
    byte[] two = ByteBuffer.allocate(2 * MESSAGE.length).put(MESSAGE).put(MESSAGE).array();
    ScriptedTransport peer = new ScriptedTransport().send(HANDSHAKE).send(two).send(MESSAGE);
    new TestScope(
            c -> {
              WebSocketHandler handler =
                  socket -> {
                    for (int messages = 0; messages < 3; messages++) {
                      assertThat(socket.receive()).isNotNull();
                      look(c);
                    }
                  };
              Http1.of(WebSockets.of(handler)).handle(c);
            })
        .run(peer);
    assertThat(held).containsExactly(true, false, false);
  }
}
