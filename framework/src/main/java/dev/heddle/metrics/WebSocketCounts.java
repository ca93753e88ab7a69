package dev.heddle.metrics;

import dev.heddle.MessageKind;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// What is counted of WebSockets.
///
/// Threading: any thread.
final class WebSocketCounts {
  private static final int KINDS = MessageKind.values().length;

  private final LongAdder opened = new LongAdder();
  private final Map<String, LongAdder> closed = new ConcurrentHashMap<>();
  private final LongAdder[] messages = adders();
  private final LongAdder[] bytes = adders();

  private static LongAdder[] adders() {
    LongAdder[] adders = new LongAdder[2 * KINDS];
    for (int i = 0; i < adders.length; i++) {
      adders[i] = new LongAdder();
    }
    return adders;
  }

  void open() {
    opened.increment();
  }

  void close(int code) {
    closed.computeIfAbsent(label(code), _ -> new LongAdder()).increment();
  }

  /// The codes of RFC 6455 as they are; of libraries and applications, of which a peer may send
  /// any, the range.
  private static String label(int code) {
    return code < 3000
        ? (code >= 1000 && code < 1016 ? "" + code : "other")
        : code < 4000 ? "3xxx" : "4xxx";
  }

  void receive(MessageKind kind, long count) {
    messages[kind.ordinal()].increment();
    bytes[kind.ordinal()].add(count);
  }

  void send(MessageKind kind, long count) {
    messages[KINDS + kind.ordinal()].increment();
    bytes[KINDS + kind.ordinal()].add(count);
  }

  void writeTo(PrometheusText out) {
    Map<String, LongAdder> ended = new TreeMap<>(closed);
    long closedNow = ended.values().stream().mapToLong(LongAdder::sum).sum();
    long openedNow = opened.sum(); // behind the closed: else fewer than none might be open
    out.gauge("heddle_websocket_connections", "WebSockets open now.");
    out.sample(openedNow - closedNow);
    out.counter("heddle_websocket_opened_total", "WebSockets opened so far.");
    out.sample(openedNow);
    out.counter("heddle_websocket_closed_total", "WebSockets closed so far, by close code.");
    ended.forEach((code, count) -> out.sample(count.sum(), "code", code));
    out.counter("heddle_websocket_messages_total", "Messages of WebSockets, by direction.");
    write(out, messages);
    out.counter(
        "heddle_websocket_message_bytes_total",
        "Payload of the messages of WebSockets, uncompressed.");
    write(out, bytes);
  }

  private static void write(PrometheusText out, LongAdder[] counts) {
    for (MessageKind kind : MessageKind.values()) {
      String word = kind.name().toLowerCase(Locale.ROOT);
      out.sample(counts[kind.ordinal()].sum(), "direction", "received", "kind", word);
      out.sample(counts[KINDS + kind.ordinal()].sum(), "direction", "sent", "kind", word);
    }
  }
}
