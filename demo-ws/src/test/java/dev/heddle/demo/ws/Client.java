package dev.heddle.demo.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The JDK's own client, and what it has heard.
final class Client implements WebSocket.Listener, AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private final StringBuilder begun = new StringBuilder();
  private final WebSocket socket;

  Client(HttpClient http, URI uri) throws Exception {
    socket =
        http.newWebSocketBuilder().buildAsync(uri, this).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    begun.append(part);
    if (last) {
      heard.add(begun.toString());
      begun.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete((code + " " + reason).strip());
    return null;
  }

  void send(String text) throws Exception {
    socket.sendText(text, true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  void say(String message) throws Exception {
    send(MAPPER.createObjectNode().put("message", message).toString());
  }

  String hear() throws InterruptedException {
    String next = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(next).as("a message").isNotNull();
    return next;
  }

  /// The next event, which must be of a type.
  JsonNode hear(String type) throws Exception {
    JsonNode event = MAPPER.readTree(hear());
    assertThat(event.path("type").textValue()).as(event.toString()).isEqualTo(type);
    return event;
  }

  /// The code and the reason that the server closed with.
  String closed() throws Exception {
    return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /// Closes in good order.
  void leave() {
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
  }

  /// Ends the connection without a word.
  void vanish() {
    socket.abort();
  }

  @Override
  public void close() {
    vanish();
  }
}
