package dev.heddle.demo.http;

import dev.heddle.Connection;
import dev.heddle.Observer;
import dev.heddle.RequestWatch;
import dev.heddle.Server;
import dev.heddle.ServerStatistics;
import dev.heddle.metrics.HdrLatencies;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Takes samples of what the server does. What the server counts anyway is asked of it; requests
/// are timed only while somebody watches.
///
/// Threading: observes on any thread; one thread takes samples.
final class Sampler implements Observer {
  private final HdrLatencies latencies;
  private volatile @Nullable Server server;

  /// Owned by the thread that takes samples, with all below.
  private long samples;

  private long requests;
  private long takenAt;

  /// @param watched whether somebody wants to know how long requests take
  /// @param now as [System#nanoTime()] has it
  Sampler(BooleanSupplier watched, long now) {
    latencies = new HdrLatencies(watched);
    takenAt = now;
  }

  @Override
  public void serverStarted(Server started) {
    server = started;
  }

  @Override
  public @Nullable RequestWatch requestStarted(Connection connection) {
    return latencies.requestStarted(connection);
  }

  /// What happened since the last sample; nothing, if the server has not started.
  ///
  /// @param now as [System#nanoTime()] has it
  @Nullable Sample sample(long now) {
    Server observed = server;
    if (observed == null) {
      return null;
    }
    ServerStatistics total = observed.statistics();
    Histogram interval = latencies.total();
    double perSecond = (total.messages() - requests) * 1e9 / Math.max(1, now - takenAt);
    takenAt = now;
    requests = total.messages();
    return new Sample(
        ++samples,
        total.connections(),
        total.accepted(),
        requests,
        perSecond,
        interval.getTotalCount() == 0 ? null : Latency.of(interval));
  }
}
