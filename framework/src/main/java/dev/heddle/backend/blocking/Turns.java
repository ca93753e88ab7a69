package dev.heddle.backend.blocking;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/// The turns that virtual threads give each other before they read.
///
/// A read that finds no bytes costs an attempt, a registration with the JDK's poller, a wake-up of
/// the poller and one of the thread. Under load, by the time the others that can run have had their
/// turn, the bytes are often there, and all of that falls away. With little load they are not, and
/// the turn was given for nothing. Whether it pays depends on what all connections do together, so
/// it is tried together, now and then, and kept up while enough reads find their bytes there.
///
/// ```
///          pause over                     watchman not served
///   PLAIN ------------> GIVING -------------------------------> BREATHER
///     ^                 |    ^                                      |
///     +-----------------+    +--------------------------------------+
///       does not pay             watchman served
/// ```
///
/// The breather is for fairness. A carrier of the JDK's scheduler takes from its own queue first,
/// and looks at what was submitted from outside only when that is empty. A thread that yields goes
/// back to the carrier's own queue, or, if that is empty, among those outside; the JDK's poller,
/// when the kernel wakes it, comes from outside. So as long as some threads yield without end, all
/// those outside starve. The watchman is a virtual thread that is woken from outside in every
/// period, and so is in their place. When he has not been served for long, those who would yield
/// rest instead, until the carrier's own queue has run empty and he is served.
final class Turns implements AutoCloseable {
  private static final Logger LOG = System.getLogger("dev.heddle.backend.blocking");
  private static final long PERIOD_NANOS = 10_000_000;

  /// How long the watchman may have to wait. A breather costs each thread a wake-up, so not often;
  /// but nobody may wait for a second.
  private static final long OVERDUE_NANOS = 40 * PERIOD_NANOS;

  /// How long a breather may last.
  private static final long BREATHER_NANOS = 20 * PERIOD_NANOS;

  /// A read that took less than this found its bytes there.
  private static final long AT_ONCE_NANOS = 20_000;

  /// What a read that found its bytes saves is so many times what a turn given for nothing costs.
  private static final int MISSES_A_HIT_IS_WORTH = 4;

  /// How many periods pass before a trial is judged, as it takes a while to show.
  private static final int PERIODS_A_TRIAL = 2;

  /// How many periods pass between a trial that failed and the next, at first and at most.
  private static final int SHORTEST_PAUSE = 8;

  private static final int LONGEST_PAUSE = 32;

  private enum Mode {
    PLAIN,
    GIVING,
    BREATHER
  }

  private final List<PollerThread> pollers;
  private final Thread clock;
  private final Thread watchman;
  private volatile boolean closed;

  /// Written by the clock; the watchman ends a breather.
  private volatile Mode mode = Mode.PLAIN;

  /// Whether turns were found to pay, and are not only tried. Written by the clock.
  private volatile boolean proven;

  /// When the watchman was last served. Written by him; set on by the clock.
  private volatile long servedAt;

  /// Whether anybody has read since the clock looked last. Written by all.
  private volatile boolean inUse;

  /// Whether the clock stands, as nobody reads. Written by the clock.
  private volatile boolean standing;

  /// Those who rest while there is a breather.
  private final Queue<Thread> resting = new ConcurrentLinkedQueue<>();

  // Counted by all, without care: what is lost changes no verdict.
  private int hits;
  private int misses;

  // The clock's own.
  private int periodsLeft = PERIODS_A_TRIAL;
  private int pause = SHORTEST_PAUSE;

  /// @param pollers those that may carry virtual threads, while none are given turns
  Turns(List<PollerThread> pollers) {
    this.pollers = pollers;
    clock = Thread.ofPlatform().daemon().name("heddle-turns-clock").unstarted(this::tick);
    watchman =
        Thread.ofVirtual()
            .name("heddle-turns-watchman")
            .inheritInheritableThreadLocals(false)
            .unstarted(this::watch);
  }

  void start() {
    watchman.start();
    clock.start();
  }

  private void tick() {
    while (!closed) {
      if (inUse || isAnyPollerHeld()) {
        inUse = false;
        long now = System.nanoTime();
        decide(now);
        pollers.forEach(poller -> review(poller, now));
        if (mode != Mode.BREATHER) {
          wakeResting(); // who came when the others had been woken
        }
        LockSupport.unpark(watchman);
        LockSupport.parkNanos(PERIOD_NANOS);
      } else {
        stand();
      }
    }
    end();
  }

  /// From now on no turns are given, and nobody is carried.
  private void end() {
    mode = Mode.PLAIN;
    wakeResting();
    pollers.forEach(PollerThread::stop);
    while (isAnyPollerHeld()) {
      pollers.forEach(poller -> review(poller, System.nanoTime()));
      LockSupport.parkNanos(PERIOD_NANOS);
    }
  }

  private boolean isAnyPollerHeld() {
    return pollers.stream().anyMatch(PollerThread::isHeld);
  }

  private void review(PollerThread poller, long now) {
    poller.review(mode == Mode.PLAIN && !closed, now);
    Throwable trouble = poller.takeTrouble();
    if (trouble != null) {
      LOG.log(Level.ERROR, "a thread of the JDK's poller met an error and goes on", trouble);
    }
  }

  private void stand() {
    pollers.forEach(PollerThread::stop); // they carry nobody while nobody looks
    if (isAnyPollerHeld()) {
      return;
    }
    if (mode == Mode.BREATHER) {
      endBreather(System.nanoTime()); // nobody else would wake those who rest
    }
    standing = true; // before it looks once more: see give()
    while (!inUse && !closed) {
      LockSupport.park();
    }
    standing = false;
    startTrial(System.nanoTime());
  }

  /// Decides for the next period. The clock, or a test in its place.
  void decide(long now) {
    boolean judged = --periodsLeft <= 0;
    if (mode == Mode.PLAIN) {
      if (judged) {
        startTrial(now);
      }
    } else if (judged && hits * MISSES_A_HIT_IS_WORTH <= misses) {
      proven = false;
      mode = Mode.PLAIN;
      periodsLeft = pause;
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    } else {
      proven = judged;
      pause = SHORTEST_PAUSE;
      watchOver(now);
    }
    hits /= 2; // rather than none: the peers, too, may have stood still for a period
    misses /= 2;
  }

  private void startTrial(long now) {
    servedAt = now;
    periodsLeft = PERIODS_A_TRIAL;
    hits = 0;
    misses = 0;
    proven = false;
    mode = Mode.GIVING;
  }

  private void watchOver(long now) {
    long waited = now - servedAt;
    if (waited < OVERDUE_NANOS) {
      mode = Mode.GIVING;
    } else if (waited < OVERDUE_NANOS + BREATHER_NANOS) {
      mode = Mode.BREATHER;
    } else {
      endBreather(now);
    }
  }

  private void watch() {
    while (!closed) {
      LockSupport.park();
      servedAt = System.nanoTime();
      if (mode == Mode.BREATHER) {
        endBreather(servedAt);
      }
    }
  }

  private void endBreather(long now) {
    servedAt = now;
    mode = Mode.GIVING;
    wakeResting();
  }

  private void rest() {
    resting.add(Thread.currentThread()); // before it looks once more: see endBreather()
    if (mode == Mode.BREATHER) {
      LockSupport.park();
    }
  }

  private void wakeResting() {
    for (Thread thread; (thread = resting.poll()) != null; ) {
      LockSupport.unpark(thread);
    }
  }

  /// Lets the other threads that can run go first, if that is the order of the day. Any thread.
  ///
  /// @param tries whether this one takes part while it is only tried whether turns pay. If they do,
  ///   all take part: who does not is woken from outside, and so after those who do
  /// @return whether the read that follows is to be [#judge]d
  @SuppressWarnings("ThreadPriorityCheck") // a hint is what we mean
  boolean give(boolean tries) {
    if (!inUse) {
      inUse = true;
      if (standing) {
        LockSupport.unpark(clock);
      }
    }
    if (!tries && !proven) {
      return false;
    }
    return switch (mode) {
      case PLAIN -> false;
      case GIVING -> {
        Thread.yield();
        yield true;
      }
      case BREATHER -> {
        rest();
        yield true;
      }
    };
  }

  /// Counts how long a read took after its turn.
  void judge(long nanos) {
    judge(nanos < AT_ONCE_NANOS);
  }

  /// Counts whether a read found its bytes after its turn.
  void judge(boolean hit) {
    if (hit) {
      hits++;
    } else {
      misses++;
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(clock);
    LockSupport.unpark(watchman);
  }
}
