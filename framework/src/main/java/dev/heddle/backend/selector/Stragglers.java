package dev.heddle.backend.selector;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// Runs what loops that have ended are still asked to: the last steps of connections that came too
/// late, on any loop; and, of loops that carried threads, these. A thread that a handler started
/// belongs to the loop of its connection, and yet may outlive the server, such as the courier of a
/// room that two servers share. One thread for all of them, which stays once a loop has ended.
///
/// As a loop it takes no lock that a virtual thread may hold: it would wait for a thread that only
/// it can run.
final class Stragglers {
  private static final ConcurrentLinkedQueue<Runnable> TASKS = new ConcurrentLinkedQueue<>();
  private static final AtomicBoolean STARTED = new AtomicBoolean();
  private static final Thread CARRIER =
      Thread.ofPlatform()
          .daemon()
          .name("heddle-stragglers")
          .inheritInheritableThreadLocals(false)
          .unstarted(Stragglers::run);

  private Stragglers() {}

  /// Is ready from now on. Called by a loop at its end.
  static void start() {
    if (STARTED.compareAndSet(false, true)) {
      CARRIER.start();
    }
  }

  /// Runs a task that is no loop's any more, soon. Any thread; never blocks.
  static void carry(Runnable task) {
    TASKS.add(task);
    LockSupport.unpark(CARRIER);
  }

  private static void run() {
    for (; ; ) {
      Runnable task = TASKS.poll();
      if (task == null) {
        LockSupport.park();
      } else {
        run(task);
      }
    }
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      // whose loop could tell is gone; a virtual thread reports what it threw by itself
    }
  }
}
