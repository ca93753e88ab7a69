package dev.heddle.launcher;

import dev.heddle.Server;
import dev.heddle.launcher.console.StandardError;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Prints what a server does, again and again: in one place on a terminal, line after line
/// elsewhere.
///
/// Threading: any thread.
final class StatsLine implements AutoCloseable {
  private final Server server;
  private final StandardError out;
  private final CountDownLatch closed = new CountDownLatch(1);

  StatsLine(Server server, StandardError out) {
    this.server = server;
    this.out = out;
  }

  /// Starts to print, once per interval, on a thread of its own.
  void printEvery(Duration interval) {
    Thread.ofPlatform().daemon().name("heddle-stats").start(() -> run(interval.toNanos()));
  }

  private void run(long interval) {
    boolean live = Terminal.isStandardError();
    StatsSample last = StatsSample.of(server);
    try {
      while (!closed.await(last.takenAt() + interval - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        StatsSample current = StatsSample.of(server);
        String line = current.since(last);
        last = current;
        if (live) {
          out.rewrite(line);
        } else {
          out.print(line);
        }
      }
    } catch (InterruptedException e) {
      // Nobody else has this thread; whoever interrupts it wants it to end.
    }
  }

  /// Prints no more, and leaves the last line as it stands. Idempotent.
  @Override
  public void close() {
    closed.countDown();
    out.finish();
  }
}
