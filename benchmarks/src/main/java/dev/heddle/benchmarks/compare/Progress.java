package dev.heddle.benchmarks.compare;

import dev.heddle.benchmarks.load.Terminal;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Tells how far a run is: a bar on a terminal, else a line for each step.
final class Progress implements AutoCloseable {
  private static final int BAR = 20;
  private static final int LONGEST_STEP = 36;

  private final Estimate estimate;
  private final PrintWriter out;
  private final boolean live;
  private final long start = System.nanoTime();
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("progress").factory());
  private boolean begun;
  private Work work = Work.WARM_UP;
  private String step = "";
  private long stepStart;

  private Progress(Estimate estimate, PrintWriter out, boolean live) {
    this.estimate = estimate;
    this.out = out;
    this.live = live;
  }

  static Progress on(PrintWriter out, Estimate estimate) {
    Progress progress = new Progress(estimate, out, Terminal.showsStderr());
    if (progress.live) {
      var _ = progress.ticker.scheduleAtFixedRate(progress::draw, 1, 1, TimeUnit.SECONDS);
    }
    return progress;
  }

  /// The step before, if any, is over, and this one begins.
  synchronized void begin(Work work, String step) {
    long now = System.nanoTime();
    if (begun) {
      estimate.done(this.work, (now - stepStart) / 1e9);
    }
    begun = true;
    this.work = work;
    this.step = step;
    stepStart = now;
    if (live) {
      draw();
    } else {
      out.printf("%s (%s left)%n", step, minutes(left()));
      out.flush();
    }
  }

  private double left() {
    return estimate.left(work, (System.nanoTime() - stepStart) / 1e9);
  }

  private synchronized void draw() {
    if (begun && !ticker.isShutdown()) {
      double past = (System.nanoTime() - start) / 1e9;
      out.print(Terminal.ERASE_LINE + bar(past, left(), step));
      out.flush();
    }
  }

  /// One line of less than 80 columns.
  static String bar(double past, double left, String step) {
    double part = past + left == 0 ? 0 : past / (past + left);
    int filled = (int) (part * BAR);
    String shown = step.length() > LONGEST_STEP ? step.substring(0, LONGEST_STEP) : step;
    return String.format(
        Locale.ROOT,
        "[%s%s] %2.0f%% %s left  %s",
        "#".repeat(filled),
        ".".repeat(BAR - filled),
        100 * part,
        minutes(left),
        shown);
  }

  /// `1:05`.
  static String minutes(double seconds) {
    long whole = Math.round(seconds);
    return String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
  }

  /// Makes room for lines of another's.
  synchronized void clear() {
    if (live) {
      out.print(Terminal.ERASE_LINE);
      out.flush();
    }
  }

  @Override
  public synchronized void close() {
    ticker.shutdownNow();
    clear();
  }
}
