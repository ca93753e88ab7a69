package dev.heddle.metrics;

import dev.heddle.MessageKind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/// What is counted of WebSockets.
///
/// Threading: any thread.
final class WebSocketCounts {
  private final LongAdder opened = new LongAdder();
  private final Map<String, LongAdder> closed = new ConcurrentHashMap<>();
  private final Map<MessageKind, Flow> received = flows();
  private final Map<MessageKind, Flow> sent = flows();

  /// Messages of one kind in one direction.
  private record Flow(LongAdder messages, LongAdder bytes) {
    void add(long count) {
      messages.increment();
      bytes.add(count);
    }
  }

  private static Map<MessageKind, Flow> flows() {
    Map<MessageKind, Flow> flows = new EnumMap<>(MessageKind.class);
    for (MessageKind kind : MessageKind.values()) {
      flows.put(kind, new Flow(new LongAdder(), new LongAdder()));
    }
    return Collections.unmodifiableMap(flows);
  }

  void open() {
    opened.increment();
  }

  void close(int code) {
    closed.computeIfAbsent(label(code), _ -> new LongAdder()).increment();
  }

  /// The codes of RFC 6455 as they are; of libraries and applications, of which a peer may send
  /// any, the range.
  static String label(int code) {
    return code < 3000
        ? (code >= 1000 && code < 1016 ? "" + code : "other")
        : code < 4000 ? "3xxx" : "4xxx";
  }

  void receive(MessageKind kind, long bytes) {
    flow(received, kind).add(bytes);
  }

  void send(MessageKind kind, long bytes) {
    flow(sent, kind).add(bytes);
  }

  private static Flow flow(Map<MessageKind, Flow> flows, MessageKind kind) {
    return Objects.requireNonNull(flows.get(kind)); // all kinds are there
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
    write(out, Flow::messages);
    out.counter(
        "heddle_websocket_message_bytes_total",
        "Payload of the messages of WebSockets, uncompressed.");
    write(out, Flow::bytes);
  }

  private void write(PrometheusText out, Function<Flow, LongAdder> what) {
    write(out, "received", received, what);
    write(out, "sent", sent, what);
  }

  private static void write(
      PrometheusText out,
      String direction,
      Map<MessageKind, Flow> flows,
      Function<Flow, LongAdder> what) {
    flows.forEach(
        (kind, flow) ->
            out.sample(
                what.apply(flow).sum(),
                "direction",
                direction,
                "kind",
                kind.name().toLowerCase(Locale.ROOT)));
  }
}
