/// What servers tell of themselves, each a [dev.heddle.Observer]: counts for Prometheus and
/// Micrometer, percentiles, events of the flight recorder, health. Start with
/// [dev.heddle.metrics.ServerMetrics] and [dev.heddle.metrics.AdminRoutes].
package dev.heddle.metrics;
