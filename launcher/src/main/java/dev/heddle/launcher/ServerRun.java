package dev.heddle.launcher;

import dev.heddle.Server;
import dev.heddle.launcher.console.StandardError;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A server from its first connection to the last, as a program.
///
/// @param name of the program
/// @param server has been started
/// @param tls whether its connections are encrypted
/// @param interval between lines of statistics; null: there are none
record ServerRun(String name, Server server, boolean tls, @Nullable Duration interval) {
  /// As shells report a program that Ctrl-C ended.
  private static final int INTERRUPTED = 130;

  /// Says where the server listens, and returns when it has been told to end and has drained.
  void untilToldToEnd() throws InterruptedException {
    try (StatsLine stats = new StatsLine(server, StandardError.get());
        ServiceNotifier manager = ServiceNotifier.of(System.getenv())) {
      AtomicBoolean told = new AtomicBoolean();
      Signals.on(Signals.TERMINATE, () -> endOnce(told, stats, manager));
      Signals.on(
          Signals.INTERRUPT,
          () -> {
            if (!endOnce(told, stats, manager)) {
              Runtime.getRuntime().halt(INTERRUPTED);
            }
          });
      String banner = Banner.of(name, server, tls);
      System.out.println(Banner.wrapped(banner));
      manager.ready(banner);
      if (interval != null) {
        stats.printEvery(interval);
      }
      server.join();
      int cutOff = server.close(Duration.ZERO); // is closed, and just tells
      if (cutOff > 0) {
        StandardError.get().print("%s: cut off %s".formatted(name, connections(cutOff)));
      }
    }
  }

  /// @return whether this was the first call
  private boolean endOnce(AtomicBoolean told, StatsLine stats, ServiceNotifier manager) {
    if (!told.compareAndSet(false, true)) {
      return false;
    }
    stats.close();
    String farewell = farewell(server.statistics().connections());
    StandardError.get().print(name + ": " + farewell);
    manager.stopping(farewell);
    server.close();
    return true;
  }

  private String farewell(long connections) {
    Duration delay = server.options().drainDelay();
    if (!delay.isZero()) {
      return "not ready any more; accepting for %s, then draining within %s; Ctrl-C again ends at once"
          .formatted(
              DurationConverter.format(delay), DurationConverter.format(server.options().grace()));
    }
    if (connections == 0) {
      return "ending; no connections are open";
    }
    return "draining %s within %s; Ctrl-C again ends at once"
        .formatted(connections(connections), DurationConverter.format(server.options().grace()));
  }

  private static String connections(long count) {
    return count + (count == 1 ? " connection" : " connections");
  }
}
