package dev.heddle.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A stream of events to a browser's `EventSource` (HTML Living Standard, section 9.2):
///
/// ```java
/// Response.events(request, events -> {
///   while (!events.isEnding()) {
///     events.send(statistics());
///     Thread.sleep(1000);
///   }
/// });
/// ```
///
/// Each event leaves at once. A peer that has left is noticed by the [IOException] of a later event
/// or heartbeat; a source just lets it pass. A browser that comes back says which event was its
/// last: `request.header("Last-Event-ID")`.
///
/// Threading: the source's own thread.
public final class ServerSentEvents {
  private static final long LOOK_MILLIS = 500;

  private final OutputStream out;
  private final Request request;

  private ServerSentEvents(OutputStream out, Request request) {
    this.out = out;
    this.request = request;
  }

  /// Where events come from.
  @FunctionalInterface
  public interface Source {
    /// Sends events, on the connection's own thread; returning ends the stream.
    void sendTo(ServerSentEvents events) throws Exception;
  }

  /// One event.
  ///
  /// @param id what the browser says when it comes back; null: as before; without line ends and NUL
  /// @param type what its listeners listen to; null: `message`; without line ends
  /// @param data may have several lines
  public record Event(@Nullable String id, @Nullable String type, String data) {
    /// Checks the parts.
    ///
    /// @throws IllegalArgumentException if the id or the type holds what it may not
    public Event {
      check(id == null || !id.matches("(?s).*[\\r\\n\\x00].*"), "id");
      check(type == null || !type.matches("(?s).*[\\r\\n].*"), "type");
    }

    private static void check(boolean holds, String part) {
      if (!holds) {
        throw new IllegalArgumentException("the " + part + " of an event has a line end");
      }
    }
  }

  static Response response(Request request, Source source) {
    Headers headers = Headers.of("Content-Type", "text/event-stream", "Cache-Control", "no-cache");
    return new Response.Streaming(
        Status.OK,
        headers,
        -1,
        out -> {
          out.flush();
          source.sendTo(new ServerSentEvents(out, request));
        });
  }

  /// Sends a message: see [#send(Event)].
  public void send(String data) throws IOException {
    send(new Event(null, null, data));
  }

  /// Sends an event. Blocks until the network has taken it.
  ///
  /// @throws IOException if the peer has left
  public void send(Event event) throws IOException {
    StringBuilder text = new StringBuilder();
    if (event.id != null) {
      text.append("id: ").append(event.id).append('\n');
    }
    if (event.type != null) {
      text.append("event: ").append(event.type).append('\n');
    }
    event.data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
    if (event.data.isEmpty() || event.data.endsWith("\n") || event.data.endsWith("\r")) {
      text.append("data\n");
    }
    write(text.append('\n'));
  }

  /// Says how long the browser waits before it comes back, by the millisecond.
  ///
  /// @throws IOException as [#send(Event)]
  public void retry(Duration delay) throws IOException {
    write(new StringBuilder("retry: ").append(delay.toMillis()).append("\n\n"));
  }

  /// Sends a comment, which the browser ignores and a proxy takes for a sign of life.
  ///
  /// @throws IOException as [#send(Event)]
  public void heartbeat() throws IOException {
    write(new StringBuilder(":\n\n"));
  }

  /// Sends what comes into a queue, and a heartbeat when nothing has for a while; until the peer
  /// has left or the server is closing.
  ///
  /// @param heartbeat how long nothing may be sent, from a millisecond
  /// @throws IOException as [#send(Event)]
  public void sendAll(BlockingQueue<Event> queue, Duration heartbeat)
      throws IOException, InterruptedException {
    HttpLimits.check(heartbeat.toMillis() >= 1, "heartbeat", heartbeat, "1ms or more");
    long silent = 0;
    while (!isEnding()) {
      long wait = Math.min(LOOK_MILLIS, heartbeat.toMillis() - silent);
      Event event = queue.poll(wait, TimeUnit.MILLISECONDS);
      silent = event == null ? silent + wait : 0;
      if (event != null) {
        send(event);
      } else if (silent >= heartbeat.toMillis()) {
        heartbeat();
        silent = 0;
      }
    }
  }

  /// Whether the server is closing: the source should return.
  public boolean isEnding() {
    return request.isServerClosing();
  }

  private void write(StringBuilder text) throws IOException {
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
