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
/// ```
///   lanes, by the size of the delay    4 to 8 ms:  T -> T -> T     32 to 64 s:  T -> T
///   a tree, for the others             T made behind one in its lane that is due later
/// ```
///
/// Handlers mostly wait for the same few spans, and what waits for the same span is due in the
/// order in which it was made: there a timer costs no search. A timer that is cancelled is
/// forgotten at once, as most are: a wait with a timeout ends early.
///
/// Threading: the loop's.
final class LoopTimers {
  private static final long NANOS_A_MILLI = 1_000_000;

  private final LongSupplier nanoTime;
  private final Lane[] lanes = new Lane[Long.SIZE];
  private final TreeSet<Timer> others = new TreeSet<>();
  private long filled; // a bit for each lane that has timers
  private long made;

  /// @param nanoTime as [System#nanoTime()]
  LoopTimers(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    for (int i = 0; i < lanes.length; i++) {
      lanes[i] = new Lane(1L << i);
    }
  }

  /// Timers in the order in which they are due, linked.
  private final class Lane {
    private final long bit;
    private @Nullable Timer first;
    private @Nullable Timer last;

    Lane(long bit) {
      this.bit = bit;
    }

    /// Adds a timer behind the others.
    ///
    /// @return false if it is due before the last of them
    boolean add(Timer timer) {
      Timer before = last;
      if (before == null) {
        first = timer;
        filled |= bit;
      } else if (timer.compareTo(before) < 0) {
        return false;
      } else {
        before.next = timer;
        timer.previous = before;
      }
      last = timer;
      timer.lane = this;
      return true;
    }

    void remove(Timer timer) {
      Timer before = timer.previous;
      Timer behind = timer.next;
      if (before == null) {
        first = behind;
      } else {
        before.next = behind;
      }
      if (behind == null) {
        last = before;
      } else {
        behind.previous = before;
      }
      if (first == null) {
        filled &= ~bit;
      }
      timer.previous = null;
      timer.next = null;
      timer.lane = null;
    }
  }

  private final class Timer extends FutureTask<@Nullable Void>
      implements ScheduledFuture<@Nullable Void> {
    private final long due;
    private final long number;
    private @Nullable Lane lane; // null: among the others, or nowhere any more
    private @Nullable Timer previous;
    private @Nullable Timer next;

    Timer(Runnable command, long due, long number) {
      super(command, null);
      this.due = due;
      this.number = number;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      forget(this);
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
    long span = Math.max(delay, 0);
    Timer timer = new Timer(command, nanoTime.getAsLong() + span, made++);
    if (!lanes[Long.SIZE - 1 - Long.numberOfLeadingZeros(span | 1)].add(timer)) {
      others.add(timer);
    }
    return timer;
  }

  private void forget(Timer timer) {
    Lane lane = timer.lane;
    if (lane != null) {
      lane.remove(timer);
    } else {
      others.remove(timer);
    }
  }

  /// The next one; null if there is none.
  private @Nullable Timer earliest() {
    Timer earliest = others.isEmpty() ? null : others.first();
    for (long rest = filled; rest != 0; rest &= rest - 1) {
      Timer first = lanes[Long.numberOfTrailingZeros(rest)].first;
      if (first != null && (earliest == null || first.compareTo(earliest) < 0)) {
        earliest = first;
      }
    }
    return earliest;
  }

  /// Whether the next one is due.
  boolean isDue() {
    Timer next = earliest();
    return next != null && next.due - nanoTime.getAsLong() <= 0;
  }

  /// For how long none is due, in milliseconds, rounded up, and at least 1; zero if there is none.
  long millisToNext() {
    Timer next = earliest();
    if (next == null) {
      return 0;
    }
    long nanos = next.due - nanoTime.getAsLong();
    return Math.max(1, (nanos + NANOS_A_MILLI - 1) / NANOS_A_MILLI);
  }

  /// Takes the next one if it was due at a moment of the clock; null if there is none.
  @Nullable Runnable pollDue(long moment) {
    Timer next = earliest();
    return next != null && next.due - moment <= 0 ? take(next) : null;
  }

  /// Takes the next one, due or not; null if there is none.
  @Nullable Runnable poll() {
    Timer next = earliest();
    return next == null ? null : take(next);
  }

  private Timer take(Timer next) {
    forget(next);
    return next;
  }
}
