package dev.heddle.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Lets in as many as a [Limit] says. Any thread.
final class Gate {
  private final Limit limit;
  private final int places;
  private final long patience;
  private final AtomicInteger running = new AtomicInteger();

  /// Changed under the lock; read before it is taken.
  private final AtomicInteger waiting = new AtomicInteger();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition left = lock.newCondition();

  /// An empty room.
  ///
  /// @param places how many may wait before the gate
  /// @param patience how long
  Gate(Limit limit, int places, Duration patience) {
    this.limit = limit;
    this.places = places;
    this.patience = patience.toNanos();
  }

  /// Goes in, if there is room, or will be soon.
  ///
  /// @return whether the caller is in, and must [#leave]
  boolean enter() throws InterruptedException {
    return (waiting.get() == 0 && tryEnter()) || (places > 0 && await());
  }

  private boolean tryEnter() {
    int seen;
    do {
      seen = running.get();
      if (seen >= limit.current()) {
        return false;
      }
    } while (!running.compareAndSet(seen, seen + 1));
    return true;
  }

  private boolean await() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (waiting.get() == places) {
        return false;
      }
      waiting.incrementAndGet(); // before room is looked for: see leave()
      try {
        return awaitRoom();
      } finally {
        waiting.decrementAndGet();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean awaitRoom() throws InterruptedException {
    long nanos = patience;
    while (!tryEnter()) {
      if (nanos <= 0) {
        return false;
      }
      nanos = left.awaitNanos(nanos);
    }
    return true;
  }

  /// Goes out.
  void leave(long since, long now) {
    limit.sample(now - since, running.get(), now);
    running.decrementAndGet();
    if (waiting.get() > 0) { // looked at after there is room: see await()
      lock.lock();
      try {
        left.signal();
      } finally {
        lock.unlock();
      }
    }
  }
}
