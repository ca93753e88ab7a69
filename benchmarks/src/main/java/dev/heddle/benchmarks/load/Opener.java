package dev.heddle.benchmarks.load;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/// Opens connections no faster than the plan's connect rate, so that the server's backlog holds
/// them. Belongs to the thread of its loop.
final class Opener {
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final long interval;
  private final IntConsumer open;
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private int opening;
  private long nextAt = System.nanoTime();

  private record Waiting(int place, long notBefore) {}

  /// @param count how many of the plan's connections are this loop's: its share of the rate
  /// @param open begins to open the connection of a place; [#ended()] is called when that is over
  Opener(LoadPlan plan, int count, IntConsumer open) {
    interval =
        (long)
            ((double) TimeUnit.SECONDS.toNanos(1)
                * plan.connections()
                / count
                / plan.connectRate());
    this.open = open;
  }

  void add(int place, long notBefore) {
    waiting.add(new Waiting(place, notBefore));
  }

  void openDue(long now) {
    Waiting next;
    while ((next = waiting.peek()) != null && now - nextAt >= 0 && now - next.notBefore >= 0) {
      waiting.remove();
      nextAt = Math.max(nextAt, now - TICK_NANOS) + interval;
      opening++;
      open.accept(next.place);
    }
  }

  /// A connection is open, or has failed to open.
  void ended() {
    opening--;
  }

  boolean isBusy() {
    return opening > 0 || !waiting.isEmpty();
  }

  /// How long until [#openDue] has something to do, in nanoseconds.
  long untilNext(long now) {
    return waiting.isEmpty() ? Long.MAX_VALUE : Math.max(TICK_NANOS, nextAt - now);
  }
}
