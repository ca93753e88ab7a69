package dev.heddle.metrics;

import dev.heddle.Connection;
import dev.heddle.HandshakeFailure;
import dev.heddle.MessageKind;
import dev.heddle.Observer;
import dev.heddle.RequestWatch;
import dev.heddle.ServedRequest;
import dev.heddle.Server;
import dev.heddle.ServerStatistics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;

/// Tells Micrometer what a server does. Make it the server's observer, and bind it to registries:
///
/// ```java
/// MicrometerMetrics metrics = new MicrometerMetrics();
/// metrics.bindTo(registry);
/// Server.builder().observer(metrics).listen(8080, Http1.of(handler)).start();
/// ```
///
/// Requests are timed as `http.server.requests`, with the tags `method`, `uri` (the route),
/// `status` and `outcome`, as other servers under Micrometer do. Needs micrometer-core on the class
/// path or module path.
///
/// Threading: any thread.
@SuppressWarnings("exports") // who uses it has the library
public final class MicrometerMetrics implements Observer, MeterBinder {
  private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();
  private final LongAdder webSockets = new LongAdder();
  private final MeteredServer server = new MeteredServer();

  /// Metrics of a server that has not started.
  public MicrometerMetrics() {}

  @Override
  public void bindTo(MeterRegistry registry) {
    counter(registry, "heddle.connections.accepted", ServerStatistics::accepted);
    counter(registry, "heddle.connections.refused", ServerStatistics::refused);
    counter(registry, "heddle.handler.failures", ServerStatistics::failed);
    counter(registry, "heddle.accept.failures", ServerStatistics::acceptFailures);
    counter(registry, "heddle.received.bytes", ServerStatistics::bytesRead);
    counter(registry, "heddle.sent.bytes", ServerStatistics::bytesWritten);
    Gauge.builder(
            "heddle.connections", server, metered -> metered.count(ServerStatistics::connections))
        .description("Connections open now")
        .register(registry);
    Gauge.builder("heddle.websocket.connections", webSockets, LongAdder::sum)
        .description("WebSockets open now")
        .register(registry);
    registries.add(registry);
  }

  private void counter(
      MeterRegistry registry, String name, ToDoubleFunction<ServerStatistics> count) {
    FunctionCounter.builder(name, server, metered -> metered.count(count)).register(registry);
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
    Tags reason = Tags.of("reason", failure.name().toLowerCase(Locale.ROOT));
    for (MeterRegistry registry : registries) {
      registry.counter("heddle.tls.handshake.failures", reason).increment();
    }
  }

  @Override
  public RequestWatch requestStarted(Connection connection) {
    return this::time;
  }

  private void time(ServedRequest request) {
    RequestLabels labels = RequestLabels.of(request);
    Tags tags =
        Tags.of(
            "method", labels.method(),
            "uri", labels.route(),
            "status", request.status() == 0 ? RequestLabels.NONE : "" + request.status(),
            "outcome", outcome(request));
    for (MeterRegistry registry : registries) {
      registry.timer("http.server.requests", tags).record(Duration.ofNanos(request.nanos()));
    }
  }

  /// In the words of Micrometer's conventions.
  private static String outcome(ServedRequest request) {
    return switch (request.complete() ? request.status() / 100 : 0) {
      case 1 -> "INFORMATIONAL";
      case 2 -> "SUCCESS";
      case 3 -> "REDIRECTION";
      case 4 -> "CLIENT_ERROR";
      case 5 -> "SERVER_ERROR";
      default -> "UNKNOWN";
    };
  }

  @Override
  public void webSocketOpened(Connection connection) {
    webSockets.increment();
  }

  @Override
  public void webSocketClosed(Connection connection, int code) {
    webSockets.decrement();
    for (MeterRegistry registry : registries) {
      registry.counter("heddle.websocket.closed", "code", WebSocketCounts.label(code)).increment();
    }
  }

  @Override
  public void messageReceived(Connection connection, MessageKind kind, long bytes) {
    count("received", kind, bytes);
  }

  @Override
  public void messageSent(Connection connection, MessageKind kind, long bytes) {
    count("sent", kind, bytes);
  }

  private void count(String direction, MessageKind kind, long bytes) {
    Tags tags = Tags.of("direction", direction, "kind", kind.name().toLowerCase(Locale.ROOT));
    for (MeterRegistry registry : registries) {
      registry.summary("heddle.websocket.messages", tags).record((double) bytes);
    }
  }
}
