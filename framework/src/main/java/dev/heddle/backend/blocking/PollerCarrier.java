package dev.heddle.backend.blocking;

import dev.heddle.backend.JdkInternals;
import dev.heddle.backend.JdkPoller;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Has virtual threads go on where they are woken, if that is a [PollerThread] that may carry them;
/// else they run on the JDK's scheduler, as all others do.
///
/// It is a pool by its type alone, as the JDK asks only those to keep the timers of their threads.
/// None of its own threads is ever started.
///
/// Any thread.
final class PollerCarrier extends ForkJoinPool {
  private final ForkJoinPool scheduler;
  private final PollerThread[] pollers;

  private PollerCarrier(ForkJoinPool scheduler, List<PollerThread> pollers) {
    super(1);
    this.scheduler = scheduler;
    this.pollers = pollers.toArray(PollerThread[]::new);
  }

  /// A carrier on the JDK's pollers, which this starts; null where the JDK's internals are closed,
  /// or its pollers are not threads of the system.
  static @Nullable PollerCarrier start() {
    ForkJoinPool scheduler = JdkInternals.pollersAreOpen() ? JdkInternals.scheduler() : null;
    if (scheduler == null) {
      return null;
    }
    JdkPoller.startOnThreadsOfTheSystem();
    List<PollerThread> pollers =
        JdkInternals.readPollers().stream().map(PollerThread::new).toList();
    return pollers.isEmpty() ? null : new PollerCarrier(scheduler, pollers);
  }

  /// Those that may carry.
  List<PollerThread> pollers() {
    return List.of(pollers);
  }

  ThreadFactory threads() {
    return JdkInternals.virtualThreadsOn(this).factory();
  }

  @Override
  public void execute(Runnable virtual) {
    for (PollerThread poller : pollers) {
      if (poller.isCurrent()) {
        if (poller.carry(virtual)) {
          return;
        }
        break;
      }
    }
    scheduler.execute(virtual);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return scheduler.schedule(command, delay, unit);
  }
}
