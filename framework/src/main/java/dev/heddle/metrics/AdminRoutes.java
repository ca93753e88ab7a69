package dev.heddle.metrics;

import dev.heddle.http.Router;

/// What operators ask of a server: `/metrics`, `/health/live` and `/health/ready`.
public final class AdminRoutes {
  private AdminRoutes() {}

  /// A router of these, to serve on a port of its own or to mount. It tells whoever asks.
  public static Router of(Health health, MetricSource... sources) {
    return Router.builder()
        .get("/metrics", PrometheusHandler.of(sources))
        .get("/health/live", health.live())
        .get("/health/ready", health.ready())
        .build();
  }
}
