package dev.heddle.benchmarks.command;

import dev.heddle.launcher.Terminal;
import java.io.PrintWriter;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// One line on standard error that is written anew each second, where somebody watches; nothing
/// elsewhere.
///
/// Any thread may call it.
public final class LiveLine implements AutoCloseable {
  /// Goes back to the first column and clears the line.
  private static final String ERASE = "\r\u001b[K";

  private final PrintWriter out;
  private final Supplier<String> text;
  private final boolean watched;
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("live-line").factory());

  private LiveLine(PrintWriter out, Supplier<String> text, boolean watched) {
    this.out = out;
    this.text = text;
    this.watched = watched;
  }

  /// Begins to write what `text` says, which is asked by a thread of its own.
  public static LiveLine on(PrintWriter out, Supplier<String> text) {
    LiveLine line = new LiveLine(out, text, Terminal.isStandardError());
    if (line.watched) {
      var _ = line.ticker.scheduleAtFixedRate(line::show, 0, 1, TimeUnit.SECONDS);
    }
    return line;
  }

  /// Whether somebody watches.
  public boolean isWatched() {
    return watched;
  }

  /// Writes it now.
  public void show() {
    if (watched) {
      String now = text.get(); // before the lock, as it may take one of its own
      write(now);
    }
  }

  private synchronized void write(String now) {
    if (!ticker.isShutdown()) {
      print(ERASE + now);
    }
  }

  /// Makes room for lines of another's.
  public synchronized void clear() {
    if (watched) {
      print(ERASE);
    }
  }

  private void print(String line) {
    out.print(line);
    out.flush();
  }

  /// Writes no more, and leaves nothing behind.
  @Override
  public synchronized void close() {
    ticker.shutdownNow();
    clear();
  }
}
