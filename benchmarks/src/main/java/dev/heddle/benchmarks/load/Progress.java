package dev.heddle.benchmarks.load;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// One live line on stderr while a window runs; nothing when stderr is no terminal.
final class Progress implements AutoCloseable {
  private final Generator generator;
  private final ScheduledExecutorService ticker;
  private final boolean shown = Terminal.showsStderr();
  private final Duration second;
  private volatile String name;
  private volatile long end;

  private Progress(Generator generator, Duration warmup, Duration duration) {
    this.generator = generator;
    second = duration;
    name = warmup.isPositive() ? "warming up" : "measuring";
    end = System.nanoTime() + (warmup.isPositive() ? warmup : duration).toNanos();
    ticker =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("progress").factory());
  }

  static Progress of(Generator generator, Duration warmup, Duration duration) {
    Progress progress = new Progress(generator, warmup, duration);
    if (progress.shown) {
      var _ = progress.ticker.scheduleAtFixedRate(progress::show, 0, 1, TimeUnit.SECONDS);
    }
    return progress;
  }

  /// The warm-up is over.
  void next() {
    name = "measuring";
    end = System.nanoTime() + second.toNanos();
  }

  private void show() {
    long left = TimeUnit.NANOSECONDS.toSeconds(Math.max(0, end - System.nanoTime()));
    System.err.printf(
        Locale.ROOT,
        "%s%s, %d s left, %,d replies",
        Terminal.ERASE_LINE,
        name,
        left,
        generator.progress());
    System.err.flush();
  }

  @Override
  public void close() {
    ticker.shutdownNow();
    if (shown) {
      System.err.print(Terminal.ERASE_LINE);
    }
  }
}
