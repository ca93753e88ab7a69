package dev.heddle.benchmarks.soak;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A time that stands still while a file is there, or while the process itself does.
///
/// Threading: one thread [#keep]s it; any number await their turn.
final class Timekeeper {
  private static final long STEP_NANOS = 100_000_000;

  private final @Nullable Path pauseFile;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Under the lock.
  private long leftNanos;
  private boolean paused;
  private boolean over;

  /// @param pauseFile null: it never stands
  Timekeeper(Duration time, @Nullable Path pauseFile) {
    this.leftNanos = time.toNanos();
    this.pauseFile = pauseFile;
    this.paused = isPaused();
  }

  private boolean isPaused() {
    return pauseFile != null && Files.exists(pauseFile);
  }

  /// Blocks until the time is over.
  void keep() throws InterruptedException {
    lock.lock();
    try {
      while (leftNanos > 0) {
        long begin = System.nanoTime();
        changed.await(Math.min(leftNanos, STEP_NANOS), TimeUnit.NANOSECONDS);
        boolean stood = paused;
        paused = isPaused();
        if (!stood && !paused) {
          leftNanos -= Math.min(System.nanoTime() - begin, 2 * STEP_NANOS);
        }
        changed.signalAll();
      }
    } finally {
      over = true;
      changed.signalAll();
      lock.unlock();
    }
  }

  /// Blocks while the time stands.
  ///
  /// @return whether there is some left
  boolean awaitTurn() throws InterruptedException {
    lock.lock();
    try {
      while (paused && !over) {
        changed.await();
      }
      return !over;
    } finally {
      lock.unlock();
    }
  }
}
