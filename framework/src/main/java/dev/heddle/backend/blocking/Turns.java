package dev.heddle.backend.blocking;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// The turns that virtual threads give each other, and the watch that nobody is left out.
///
/// A carrier of the JDK's scheduler takes from its own queue first, and looks at what others have
/// submitted only when that is empty. A thread that yields goes back to the carrier's own queue;
/// the JDK's poller, woken from outside, is submitted. So as long as some threads yield without
/// end, those that wait for the poller starve. A watchman, a virtual thread that is woken from
/// outside every few milliseconds, tells: while he is not served, nobody yields, threads without
/// bytes leave the queue to wait for the poller too, and the queue runs empty.
final class Turns implements AutoCloseable {
  private static final long PERIOD_NANOS = 5_000_000;
  private static final long OVERDUE_NANOS = 2 * PERIOD_NANOS;

  private final Thread watchman;
  private volatile boolean closed;

  /// When he was last served. Written by the watchman.
  private volatile long servedAt;

  /// Whether he has gone to rest, as nobody gives turns.
  private final AtomicBoolean resting = new AtomicBoolean();

  /// Whether turns were given since he looked last.
  private volatile boolean given;

  Turns() {
    watchman =
        Thread.ofVirtual()
            .name("heddle-turns")
            .inheritInheritableThreadLocals(false)
            .unstarted(this::watch);
  }

  void start() {
    watchman.start();
  }

  private void watch() {
    while (!closed) {
      servedAt = System.nanoTime();
      if (given) {
        given = false;
        LockSupport.parkNanos(PERIOD_NANOS);
      } else {
        rest();
      }
    }
  }

  private void rest() {
    resting.set(true);
    while (!given && !closed) {
      LockSupport.park();
    }
    resting.set(false);
  }

  /// Whether turns given now reach everybody: nobody has waited too long to be scheduled from
  /// outside.
  ///
  /// @param now as of [System#nanoTime()], or a little before
  boolean areTaken(long now) {
    if (!given) {
      given = true;
      if (resting.get()) {
        servedAt = System.nanoTime();
        LockSupport.unpark(watchman);
      }
    }
    return now - servedAt < OVERDUE_NANOS;
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(watchman);
  }
}
