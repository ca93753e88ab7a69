package dev.heddle.metrics;

import dev.heddle.Server;
import dev.heddle.ServerStatistics;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// The one server that metrics are of, once it has started. Any thread.
final class MeteredServer {
  private volatile @Nullable Server server;

  /// @throws IllegalStateException if there is one already
  void set(Server started) {
    if (server != null) {
      throw new IllegalStateException("these metrics are of another server: make some for each");
    }
    server = started;
  }

  /// The server; null before it has started.
  @Nullable Server get() {
    return server;
  }

  /// What the server counts; 0 before it has started.
  double count(ToDoubleFunction<ServerStatistics> count) {
    Server started = server;
    return started == null ? 0 : count.applyAsDouble(started.statistics());
  }
}
