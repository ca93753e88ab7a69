package dev.heddle.backend;

import java.time.Duration;

/// Waiting that no interrupt cuts short, for those who can't leave a thing half done, such as
/// closing. The interrupt is kept for whoever waits next.
public final class Uninterrupted {
  private Uninterrupted() {}

  /// Waits for a thread to end.
  ///
  /// @return whether it has ended within `limit`
  public static boolean join(Thread thread, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    boolean interrupted = false;
    for (long left; thread.isAlive() && (left = end - System.nanoTime()) > 0; ) {
      try {
        thread.join(Duration.ofNanos(left));
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }
}
