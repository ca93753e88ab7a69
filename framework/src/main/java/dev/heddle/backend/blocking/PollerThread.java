package dev.heddle.backend.blocking;

import dev.heddle.backend.JdkInternals.ReadPoller;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A thread of the JDK's that polls for reads, and may itself go on with the virtual thread whose
/// bytes it has found: that spares waking a second thread.
///
/// While it does, it polls for nobody, in the whole JVM. So it carries only while it has little to
/// do, and none of those it carries holds it for long: after one that did it carries nobody for a
/// second, or, if that happens again, twice as long as before. While one holds it, all who wait for
/// it are woken now and then, and try their reads themselves.
final class PollerThread {
  private static final long NOBODY = 0;

  /// Who goes on for longer than this without waiting holds the poller for long.
  private static final long LONG_NANOS = Duration.ofMillis(5).toNanos();

  /// How long nobody is carried after one that took long, at first and at most.
  private static final long SHORTEST_PAUSE = Duration.ofSeconds(1).toNanos();

  private static final long LONGEST_PAUSE = Duration.ofMinutes(1).toNanos();

  /// The share of its time that it may carry others, where there are more processors than its own.
  private static final double MOST_LOAD = 0.5;

  /// What is left, a review later, of how long it took to carry one when it last did: one day it is
  /// to be tried again.
  private static final double FORGETTING = 0.98;

  /// How often those who wait are woken while the poller is held, and how much longer that takes
  /// for each of them: trying costs a thread some microseconds, and is not to fill a processor.
  private static final long SHORTEST_ROUND = Duration.ofMillis(20).toNanos();

  private static final long ROUND_NANOS_A_THREAD = 50_000;

  private final ReadPoller poller;
  private final double mostLoad;
  private final LongSupplier nanoTime;

  /// Whether it may carry. Written by the clock.
  private volatile boolean carrying;

  /// Since when it carries the one that it carries, in nanoseconds of the system. Written by the
  /// poller.
  private volatile long since = NOBODY;

  // Counted by the poller for the clock, without care: what is lost changes no verdict.
  private long carried;
  private long carriedNanos;
  private long passedOn;

  /// When the last one began that took long.
  private long lastLong = NOBODY;

  private volatile @Nullable Throwable trouble;

  // The clock's own.
  private long reviewedAt;
  private long carriedBefore;
  private long carriedNanosBefore;
  private long passedOnBefore;
  private double meanNanos;

  /// When the last one began that a pause was made for.
  private long punished = NOBODY;

  private long pause = SHORTEST_PAUSE;
  private long pausedUntil;
  private long nextRound;

  PollerThread(ReadPoller poller) {
    this(poller, Runtime.getRuntime().availableProcessors(), System::nanoTime);
  }

  PollerThread(ReadPoller poller, int processors, LongSupplier nanoTime) {
    this.poller = poller;
    this.mostLoad = processors == 1 ? Double.MAX_VALUE : MOST_LOAD;
    this.nanoTime = nanoTime;
    reviewedAt = nanoTime.getAsLong();
    pausedUntil = reviewedAt - LONGEST_PAUSE;
    nextRound = reviewedAt;
  }

  boolean isCurrent() {
    return Thread.currentThread().equals(poller.thread());
  }

  /// Runs a virtual thread until it waits. The poller's thread only.
  ///
  /// @return false if it is not to be carried here, and has not run
  boolean carry(Runnable virtual) {
    if (!carrying) {
      passedOn++;
      return false;
    }
    if (since != NOBODY) {
      return false; // woken by the one that is carried
    }
    long start = nanoTime.getAsLong() | 1; // so that it is not NOBODY
    since = start;
    if (!carrying) { // once more, as the clock may have looked before it was told
      since = NOBODY;
      return false;
    }
    try {
      virtual.run();
    } catch (Throwable e) { // from the JDK, and not to end its poller
      trouble = e;
    }
    long nanos = nanoTime.getAsLong() - start;
    since = NOBODY;
    carried++;
    carriedNanos += nanos;
    if (nanos > LONG_NANOS) {
      lastLong = start;
    }
    return true;
  }

  /// What has gone wrong in the JDK, if something has; forgets it.
  @Nullable Throwable takeTrouble() {
    Throwable taken = trouble;
    if (taken != null) {
      trouble = null;
    }
    return taken;
  }

  /// Whether it carries somebody. The clock, which may stand when it has [stopped][#stop] the
  /// carrying and nobody is.
  boolean isHeld() {
    return since != NOBODY;
  }

  void stop() {
    carrying = false;
  }

  /// Judges anew whether to carry. The clock, every few milliseconds.
  ///
  /// @param wanted whether it pays
  void review(boolean wanted, long now) {
    boolean busy = load(now) > mostLoad;
    long start = since;
    boolean held = start != NOBODY && now - start > LONG_NANOS;
    long tooLong = held ? start : lastLong;
    if (tooLong != punished) {
      punished = tooLong;
      pause(now);
    }
    carrying = wanted && !busy && now - pausedUntil >= 0;
    if (held) {
      wakeAll(now);
    }
  }

  /// The share of its time that it carries, or would, had it not passed on.
  private double load(long now) {
    long elapsed = now - reviewedAt;
    long run = carried - carriedBefore;
    long passed = passedOn - passedOnBefore;
    meanNanos =
        run > 0 ? (double) (carriedNanos - carriedNanosBefore) / run : FORGETTING * meanNanos;
    reviewedAt = now;
    carriedBefore = carried;
    carriedNanosBefore = carriedNanos;
    passedOnBefore = passedOn;
    return elapsed <= 0 ? 0 : (run + passed) * meanNanos / elapsed;
  }

  private void pause(long now) {
    boolean soonAgain = now - pausedUntil < pause;
    pause = soonAgain ? Math.min(2 * pause, LONGEST_PAUSE) : SHORTEST_PAUSE;
    pausedUntil = now + pause;
  }

  private void wakeAll(long now) {
    if (now - nextRound < 0) {
      return;
    }
    int woken = 0;
    for (Thread waiting : poller.waiting()) {
      LockSupport.unpark(waiting);
      woken++;
    }
    nextRound = now + Math.max(SHORTEST_ROUND, woken * ROUND_NANOS_A_THREAD);
  }
}
