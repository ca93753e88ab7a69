package dev.heddle.backend.selector;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// What the virtual threads of a loop take for their scheduler: passes all on to the loop.
///
/// JDK 25 has any [java.util.concurrent.Executor] run virtual threads, but only a [ForkJoinPool]
/// keep their timers: those of others are kept by a thread for the whole JVM, which wakes the loop
/// for each sleep that ends. So this is a pool by its type. None of its threads is started, but
/// those that serve timers when the loop has ended.
///
/// Any thread.
final class LoopCarrier extends ForkJoinPool {
  private final EventLoop loop;

  LoopCarrier(EventLoop loop) {
    super(1);
    this.loop = loop;
  }

  @Override
  public void execute(Runnable task) {
    loop.execute(task);
  }

  /// Called by who carries a virtual thread that has just parked: the loop, as long as it runs.
  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return loop.isCurrent()
        ? loop.schedule(command, unit.toNanos(delay))
        : super.schedule(command, delay, unit);
  }
}
