package dev.heddle;

import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// One platform thread a server, which moves the clock on and holds the deadlines of all
/// connections.
final class Sweeper implements AutoCloseable {
  private static final long TICK_NANOS = ServerClock.TICK_MILLIS * 1_000_000;

  private final ServerClock clock;
  private final List<ConnectionScope> scopes;
  private final Thread thread;
  private volatile boolean closed;

  Sweeper(ServerClock clock, List<ConnectionScope> scopes) {
    this.clock = clock;
    this.scopes = scopes;
    this.thread = Thread.ofPlatform().daemon().name("heddle-sweeper").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    while (!closed) {
      long now = clock.advance();
      for (ConnectionScope scope : scopes) {
        scope.sweepIfDue(now);
      }
      LockSupport.parkNanos(TICK_NANOS);
    }
  }

  /// Moves the clock on and ends what is overdue, at once.
  void sweep() {
    long now = clock.advance();
    for (ConnectionScope scope : scopes) {
      scope.sweep(now);
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
