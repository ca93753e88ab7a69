package dev.heddle.metrics;

import dev.heddle.Connection;
import dev.heddle.HandshakeFailure;
import dev.heddle.MessageKind;
import dev.heddle.Observer;
import dev.heddle.RequestWatch;
import dev.heddle.ServedRequest;
import dev.heddle.Server;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts what one server does. Make it the server's observer, and a source of a
/// [PrometheusHandler].
///
/// What the server counts anyway, such as connections and octets, is asked of it when the metrics
/// are. A request costs two readings of the clock and a few additions, in cells that carriers
/// seldom share.
///
/// Threading: any thread.
public final class ServerMetrics implements Observer, MetricSource {
  private final LongAdder started = new LongAdder();
  private final LongAdder served = new LongAdder();
  private final LabelledSeries<RequestSeries> requests = new LabelledSeries<>(RequestSeries::new);
  private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> stalls = new ConcurrentHashMap<>();
  private final Map<HandshakeFailure, LongAdder> handshakeFailures =
      new EnumMap<>(HandshakeFailure.class);
  private final WebSocketCounts webSockets = new WebSocketCounts();
  private final RequestWatch watch = this::count;
  private final MeteredServer server = new MeteredServer();

  /// Metrics of a server that has not started.
  public ServerMetrics() {
    for (HandshakeFailure failure : HandshakeFailure.values()) {
      handshakeFailures.put(failure, new LongAdder());
    }
  }

  /// Takes the server whose metrics these are.
  ///
  /// @throws IllegalStateException if they are of another server already
  @Override
  public void serverStarted(Server started) {
    server.set(started);
  }

  @Override
  public void handshakeFailed(Connection connection, HandshakeFailure failure) {
    Objects.requireNonNull(handshakeFailures.get(failure)).increment();
  }

  @Override
  public RequestWatch requestStarted(Connection connection) {
    started.increment();
    return watch;
  }

  private void count(ServedRequest request) {
    requests.of(request).count(request);
    served.increment();
  }

  @Override
  public void requestRefused(Connection connection, int status) {
    refused.computeIfAbsent(Integer.toString(status), _ -> new LongAdder()).increment();
  }

  @Override
  public void webSocketOpened(Connection connection) {
    webSockets.open();
  }

  @Override
  public void messageReceived(Connection connection, MessageKind kind, long bytes) {
    webSockets.receive(kind, bytes);
  }

  @Override
  public void messageSent(Connection connection, MessageKind kind, long bytes) {
    webSockets.send(kind, bytes);
  }

  @Override
  public void webSocketClosed(Connection connection, int code) {
    webSockets.close(code);
  }

  @Override
  public void loopStalled(String loop, Duration since) {
    stalls.computeIfAbsent(loop, _ -> new LongAdder()).increment();
  }

  @Override
  public void writeTo(PrometheusText out) {
    Server observed = server.get();
    if (observed != null) {
      ConnectionFamilies.write(out, observed);
      LoopFamilies.write(out, observed, stalls);
    }
    out.counter(
        "heddle_tls_handshake_failures_total", "TLS handshakes that came to nothing, by reason.");
    handshakeFailures.forEach(
        (failure, count) ->
            out.sample(count.sum(), "reason", failure.name().toLowerCase(Locale.ROOT)));
    writeRequests(out);
    webSockets.writeTo(out);
  }

  private void writeRequests(PrometheusText out) {
    long ended = served.sum();
    out.gauge("heddle_http_requests_in_progress", "Requests being answered now.");
    out.sample(started.sum() - ended); // behind the ended: else fewer than none might be begun
    RequestFamilies.write(out, requests.all());
    out.counter(
        "heddle_http_requests_refused_total",
        "What came and was no request: malformed, too long or too slow, by status of the answer.");
    new TreeMap<>(refused).forEach((status, count) -> out.sample(count.sum(), "status", status));
  }
}
