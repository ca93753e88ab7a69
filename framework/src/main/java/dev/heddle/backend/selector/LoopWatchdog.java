package dev.heddle.backend.selector;

import dev.heddle.ConnectionScope;
import dev.heddle.ServerOptions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Speaks for the loops, which may not log: names the stack of a handler that holds one for too
/// long, and reports what went wrong in a loop itself.
final class LoopWatchdog implements AutoCloseable {
  private static final Logger LOG = System.getLogger("dev.heddle.backend.selector");
  private static final Duration WITHOUT_WATCH = Duration.ofSeconds(1);

  private final List<EventLoop> loops;
  private final List<ConnectionScope> scopes;
  private final Duration limit;
  private final long[] turns;
  private final long[] since;
  private final boolean[] said;
  private final Thread thread;
  private volatile boolean closed;

  LoopWatchdog(List<EventLoop> loops, ServerOptions options, List<ConnectionScope> scopes) {
    this.loops = loops;
    this.scopes = scopes;
    this.limit = options.loopStallWarning();
    this.turns = new long[loops.size()];
    this.since = new long[loops.size()];
    Arrays.fill(since, System.nanoTime());
    this.said = new boolean[loops.size()];
    this.thread = Thread.ofPlatform().daemon().name("heddle-loop-watchdog").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    Duration period = limit.isZero() ? WITHOUT_WATCH : limit.dividedBy(4);
    while (!closed) {
      for (int i = 0; i < loops.size(); i++) {
        report(loops.get(i));
        if (!limit.isZero()) {
          watch(i, loops.get(i));
        }
      }
      LockSupport.parkNanos(period.toNanos());
    }
  }

  private static void report(EventLoop loop) {
    Throwable trouble = loop.takeTrouble();
    if (trouble != null) {
      LOG.log(Level.ERROR, loop.name() + " met an error and goes on", trouble);
    }
  }

  private void watch(int i, EventLoop loop) {
    long now = System.nanoTime();
    long turn = loop.turns();
    if (turn != turns[i] || loop.isAsleep()) {
      turns[i] = turn;
      since[i] = now;
      said[i] = false;
    } else if (!said[i] && now - since[i] >= limit.toNanos()) {
      said[i] = true;
      stalled(loop, Duration.ofNanos(now - since[i]));
    }
  }

  private void stalled(EventLoop loop, Duration held) {
    Thread handler = loop.mounted();
    StringBuilder message = new StringBuilder();
    message.append(
        "%s has been held for %d ms, and its other connections wait: move what blocks it (file I/O, native calls, long computations) off the loop"
            .formatted(loop.name(), held.toMillis()));
    if (handler != null) {
      for (StackTraceElement frame : handler.getStackTrace()) {
        message.append(System.lineSeparator()).append("    at ").append(frame);
      }
    }
    LOG.log(Level.WARNING, message.toString());
    scopes.stream().limit(1).forEach(scope -> scope.loopStalled(loop.name(), held)); // all tell one
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
