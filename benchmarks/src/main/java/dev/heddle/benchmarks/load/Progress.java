package dev.heddle.benchmarks.load;

import dev.heddle.benchmarks.command.LiveLine;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One live line while a server is loaded.
final class Progress implements AutoCloseable {
  /// What goes on, and until when.
  private record Step(String name, long end, Generator generator) {
    String text() {
      long left = TimeUnit.NANOSECONDS.toSeconds(Math.max(0, end - System.nanoTime()));
      return String.format(
          Locale.ROOT, "%s, %d s left, %,d replies", name, left, generator.progress());
    }
  }

  private final LiveLine line;
  private volatile @Nullable Step step;

  Progress(PrintWriter err) {
    line = LiveLine.on(err, this::text);
  }

  /// The generator begins a window.
  void begin(String name, Duration window, Generator generator) {
    step = new Step(name, System.nanoTime() + window.toNanos(), generator);
  }

  private String text() {
    Step now = step;
    return now == null ? "connecting" : now.text();
  }

  @Override
  public void close() {
    line.close();
  }
}
