package dev.heddle.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.OverBackends;
import dev.heddle.Server;
import dev.heddle.TestBackends;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocket.Listener;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The JDK's own client as the judge.
class JdkClientTest {
  private static final WebSocketHandler ECHO =
      socket -> {
        for (Message message; (message = socket.receive()) != null; ) {
          socket.send(message);
        }
        socket.close();
      };

  /// Puts the parts of messages together, and hands whole ones to the test.
  private static final class Received implements Listener {
    private final BlockingQueue<Object> all = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        all.add(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      byte[] part = new byte[data.remaining()];
      data.get(part);
      bytes.writeBytes(part);
      if (last) {
        all.add(Message.binary(bytes.toByteArray()));
        bytes.reset();
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
      all.add("pong of " + message.remaining());
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      all.add("closed " + code + " " + reason);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      all.add(error);
    }

    private Object next() throws InterruptedException {
      return all.poll(20, TimeUnit.SECONDS);
    }
  }

  private static WebSocket.Builder builder(HttpClient client) {
    return client.newWebSocketBuilder();
  }

  private static URI uri(Server server) {
    return URI.create("ws://127.0.0.1:" + server.localAddress().getPort() + "/chat");
  }

  private static Server serve(
      TestBackends backend, WebSocketHandler handler, WebSocketOptions options) throws IOException {
    return WebSocketOverBackendsTest.serve(backend, handler, options);
  }

  @OverBackends
  void messagesOfAllSizesComeBack(TestBackends backend) throws Exception {
    Received received = new Received();
    byte[] bytes = new byte[500_000];
    new Random(4).nextBytes(bytes);
    try (Server server = serve(backend, ECHO, WebSocketOptions.DEFAULT);
        HttpClient client = HttpClient.newHttpClient()) {
      WebSocket socket = builder(client).buildAsync(uri(server), received).join();
      socket.sendText("hello, wörld 😀", true).join();
      assertThat(received.next()).isEqualTo("hello, wörld 😀");
      socket.sendText("in ", false).join();
      socket.sendPing(ByteBuffer.allocate(5)).join();
      socket.sendText("parts", true).join();
      assertThat(received.next()).isEqualTo("pong of 5");
      assertThat(received.next()).isEqualTo("in parts");
      socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
      assertThat(received.next()).isEqualTo(Message.binary(bytes));
      socket.sendText("x".repeat(300_000), true).join();
      assertThat(received.next()).isEqualTo("x".repeat(300_000));
      socket.sendClose(4000, "done").join();
      assertThat(received.next()).isEqualTo("closed 4000 ");
    }
  }

  @OverBackends
  void theServerMayClose(TestBackends backend) throws Exception {
    Received received = new Received();
    WebSocketHandler handler = socket -> socket.close(new CloseCode(3001), "see you");
    try (Server server = serve(backend, handler, WebSocketOptions.DEFAULT);
        HttpClient client = HttpClient.newHttpClient()) {
      builder(client).buildAsync(uri(server), received).join();
      assertThat(received.next()).isEqualTo("closed 3001 see you");
    }
  }

  @OverBackends
  void subprotocolsAndRefusalsAreUnderstood(TestBackends backend) throws Exception {
    Received received = new Received();
    WebSocketOptions options = WebSocketOptions.builder().subprotocols("chat", "json").build();
    try (Server server = serve(backend, ECHO, options);
        HttpClient client = HttpClient.newHttpClient()) {
      WebSocket socket =
          builder(client).subprotocols("x", "json").buildAsync(uri(server), received).join();
      assertThat(socket.getSubprotocol()).isEqualTo("json");
      socket.sendClose(1000, "").join();
      assertThat(received.next()).isEqualTo("closed 1000 ");
      assertThatThrownBy(
              () ->
                  builder(client)
                      .header("Origin", "http://evil.example")
                      .buildAsync(uri(server), received)
                      .join())
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOfSatisfying(
              WebSocketHandshakeException.class,
              e -> assertThat(e.getResponse().statusCode()).isEqualTo(403));
    }
  }
}
