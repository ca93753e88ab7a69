package dev.heddle.backend.blocking;

import java.util.concurrent.locks.LockSupport;

/// The turns that virtual threads give each other before they read.
///
/// A read that finds no bytes costs an attempt, a registration with the JDK's poller, a wake-up of
/// the poller and one of the thread. Under load, by the time the others that can run have had their
/// turn, the bytes are often there, and all of that falls away. With little load they are not, and
/// the turn was given for nothing. Whether it pays depends on what all connections do together, so
/// it is tried together, now and then, and kept up while most reads find their bytes there.
///
/// A carrier of the JDK's scheduler takes from its own queue first, and looks at what others have
/// submitted only when that is empty. A thread that yields goes back to the carrier's own queue;
/// the JDK's poller, woken from outside, is submitted. So as long as some threads yield without
/// end, those that wait for the poller starve. The watchman, a virtual thread that is woken from
/// outside every few milliseconds, is in their place: while he is not served, nobody yields,
/// threads without bytes leave the queue to wait for the poller too, and the queue runs empty.
final class Turns implements AutoCloseable {
  private static final long PERIOD_NANOS = 10_000_000;
  private static final long OVERDUE_NANOS = 2 * PERIOD_NANOS;

  /// A read that took less than this found its bytes there.
  private static final long AT_ONCE_NANOS = 20_000;

  /// How many periods pass before a trial is judged, as it takes a while to show.
  private static final int PERIODS_A_TRIAL = 2;

  /// How many periods pass between a trial that failed and the next, at first and at most.
  private static final int SHORTEST_PAUSE = 8;

  private static final int LONGEST_PAUSE = 32;

  /// What a read that found its bytes saves is so many times what a turn given for nothing costs.
  private static final int MISSES_A_HIT_IS_WORTH = 4;

  /// How many turns that could not be given make a thread leave, to come back from outside.
  private static final int TURNS_OWED = 16;

  private final Thread watchman;
  private volatile boolean closed;

  /// Whether turns are given now. Written by the watchman.
  private volatile boolean given;

  /// When the watchman was last served. Written by him.
  private volatile long servedAt;

  /// Whether anybody has read since he looked last. Written by all.
  private volatile boolean inUse;

  /// Whether he has gone to rest, as nobody reads. Written by him.
  private volatile boolean resting;

  // Counted by all, without care: what is lost changes no verdict.
  private int hits;
  private int misses;
  private int owed;

  private int periodsLeft = SHORTEST_PAUSE;
  private int pause = SHORTEST_PAUSE;

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
      if (inUse) {
        inUse = false;
        decide();
        LockSupport.parkNanos(PERIOD_NANOS);
      } else {
        rest();
      }
    }
  }

  private void rest() {
    given = false;
    resting = true; // before he looks once more: see areGiven()
    while (!inUse && !closed) {
      LockSupport.park();
    }
    resting = false;
    startTrial();
  }

  /// Goes on with turns, or goes without them for a while.
  private void decide() {
    if (--periodsLeft > 0) {
      return;
    }
    if (!given) {
      startTrial();
    } else if (hits * MISSES_A_HIT_IS_WORTH > misses) {
      pause = SHORTEST_PAUSE;
      periodsLeft = 1;
    } else {
      given = false;
      periodsLeft = pause;
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    }
    hits = 0;
    misses = 0;
  }

  private void startTrial() {
    given = true;
    periodsLeft = PERIODS_A_TRIAL;
  }

  /// Whether to give a turn before a read, and to judge the read. Any thread.
  boolean areGiven() {
    if (!inUse) {
      inUse = true;
      if (resting) {
        LockSupport.unpark(watchman);
      }
    }
    return given;
  }

  /// Lets the other threads that can run go first, if nobody has waited too long to be served from
  /// outside.
  @SuppressWarnings("ThreadPriorityCheck") // a hint is what we mean
  void give() {
    if (System.nanoTime() - servedAt < OVERDUE_NANOS) {
      Thread.yield();
    } else if (++owed >= TURNS_OWED) {
      owed = 0;
      LockSupport.parkNanos(1);
    }
  }

  /// Counts how long a read took after its turn.
  void judge(long nanos) {
    if (nanos < AT_ONCE_NANOS) {
      hits++;
    } else {
      misses++;
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(watchman);
  }
}
