package dev.heddle.backend.selector;

import java.util.TreeSet;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What is to run on a loop later, in the order in which it is due. In practice: the ends of timed
/// parks, and so of the sleeps of handlers.
///
/// A timer that is cancelled is forgotten at once, as most are: a wait with a timeout ends early.
///
/// Threading: the loop's.
final class LoopTimers {
  private static final long NANOS_A_MILLI = 1_000_000;

  private final LongSupplier nanoTime;
  private final TreeSet<Timer> pending = new TreeSet<>();
  private long made;

  /// @param nanoTime as [System#nanoTime()]
  LoopTimers(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  private final class Timer extends FutureTask<@Nullable Void>
      implements ScheduledFuture<@Nullable Void> {
    private final long due;
    private final long number;

    Timer(Runnable command, long due, long number) {
      super(command, null);
      this.due = due;
      this.number = number;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      pending.remove(this);
      return super.cancel(false);
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(due - nanoTime.getAsLong(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      Timer that = (Timer) other;
      int order = Long.signum(due - that.due); // as nanoTime() may overflow
      return order != 0 ? order : Long.compare(number, that.number);
    }
  }

  /// Has a command run `delay` nanoseconds from now, or as soon after as the loop comes to it.
  ScheduledFuture<?> schedule(Runnable command, long delay) {
    Timer timer = new Timer(command, nanoTime.getAsLong() + Math.max(delay, 0), made++);
    pending.add(timer);
    return timer;
  }

  /// Whether the next one is due.
  boolean isDue() {
    return !pending.isEmpty() && pending.first().due - nanoTime.getAsLong() <= 0;
  }

  /// For how long none is due, in milliseconds, rounded up, and at least 1; zero if there is none.
  long millisToNext() {
    if (pending.isEmpty()) {
      return 0;
    }
    long nanos = pending.first().due - nanoTime.getAsLong();
    return Math.max(1, (nanos + NANOS_A_MILLI - 1) / NANOS_A_MILLI);
  }

  /// Takes the next one if it was due at a moment of the clock; null if there is none.
  @Nullable Runnable pollDue(long moment) {
    return !pending.isEmpty() && pending.first().due - moment <= 0 ? pending.pollFirst() : null;
  }

  /// Takes the next one, due or not; null if there is none.
  @Nullable Runnable poll() {
    return pending.pollFirst();
  }
}
