package dev.heddle.metrics;

import dev.heddle.http.HttpHandler;
import dev.heddle.http.Request;
import dev.heddle.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Answers with all metrics of its sources, as Prometheus reads them. Mount it as `GET /metrics`:
///
/// ```java
/// ServerMetrics metrics = new ServerMetrics();
/// HttpHandler handler =
///     Router.builder()
///         .get("/metrics", PrometheusHandler.of(metrics, new ProcessMetrics()))
///         .get("/", _ -> Response.text("hello"))
///         .build();
/// Server.builder().observer(metrics).listen(8080, Http1.of(handler)).start();
/// ```
///
/// Who may read it learns what the server does: on a port of its own that is the machine's, or that
/// of the network's operators.
public final class PrometheusHandler implements HttpHandler {
  private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final List<MetricSource> sources;

  private PrometheusHandler(List<MetricSource> sources) {
    this.sources = sources;
  }

  /// Tells what these sources have, in this order.
  public static PrometheusHandler of(MetricSource... sources) {
    return new PrometheusHandler(List.of(sources));
  }

  @Override
  public Response handle(Request request) {
    PrometheusText text = new PrometheusText();
    sources.forEach(source -> source.writeTo(text));
    return Response.bytes(TYPE, text.toString().getBytes(StandardCharsets.UTF_8))
        .with("Cache-Control", "no-store");
  }
}
