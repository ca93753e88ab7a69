package dev.heddle;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Connections in memory under a clock that stands still until the test moves it on.
final class TimedScope {
  /// How late a deadline may be held: the clock of a connection lags by up to a sweep.
  static final Duration LATENESS = Duration.ofMillis(100);

  private static final Duration PERIOD = Duration.ofMillis(50);

  final ConnectionScope scope;
  private final AtomicLong nanos = new AtomicLong(-77_000_000_000L);
  private final ServerClock clock;
  private final Sweeper sweeper;
  private final BlockingQueue<Connection> closed = new LinkedBlockingQueue<>();

  TimedScope(ServerOptions options, ConnectionHandler handler) {
    Observer observer =
        new Observer() {
          @Override
          public void connectionClosed(Connection connection) {
            closed.add(connection);
          }
        };
    clock = new ServerClock(nanos::get);
    scope = new ConnectionScope(handler, options, new Permits(0, 0), clock, new Totals(), observer);
    sweeper = new Sweeper(clock, List.of(scope));
  }

  /// Opens a connection, serves it on a virtual thread, and returns the client's end.
  InMemoryTransport connect() {
    InMemoryTransport.Pair pair = InMemoryTransport.pair(1000);
    Connection connection = scope.admit(pair.server());
    Thread.ofVirtual().start(() -> scope.run(connection));
    return pair.client();
  }

  /// Moves the clock on, sweeping as often as a server does, and at the end.
  void pass(Duration time) {
    for (Duration left = time; left.isPositive(); left = left.minus(PERIOD)) {
      passUnswept(left.compareTo(PERIOD) < 0 ? left : PERIOD);
      sweeper.sweep();
    }
  }

  /// Moves the clock on, sweeping as rarely as a server does.
  void passAsServersDo(Duration time) {
    for (Duration left = time; left.isPositive(); left = left.minus(PERIOD)) {
      passUnswept(PERIOD);
      scope.sweepIfDue(clock.advance());
    }
  }

  /// Moves the clock on between two sweeps.
  void passUnswept(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  /// Moves the clock to a moment that is not past a deadline yet, but all but there.
  void passAlmost(Duration limit) {
    pass(limit.minusMillis(1));
  }

  /// Moves the clock on from there to where the deadline must have been held.
  void passTheRest() {
    pass(LATENESS);
  }

  boolean isOpen() {
    return closed.isEmpty();
  }

  void awaitClosed() throws InterruptedException {
    if (closed.poll(20, TimeUnit.SECONDS) == null) {
      throw new AssertionError("no connection was closed");
    }
  }
}
