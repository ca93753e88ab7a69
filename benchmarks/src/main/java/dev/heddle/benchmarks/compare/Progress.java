package dev.heddle.benchmarks.compare;

import dev.heddle.benchmarks.command.LiveLine;
import java.io.PrintWriter;
import java.util.Locale;

/// Tells how far a run is: a bar on a terminal, else a line for each step.
final class Progress implements AutoCloseable {
  private static final int BAR = 20;
  private static final int LONGEST_STEP = 36;

  private final Estimate estimate;
  private final PrintWriter err;
  private final long start = System.nanoTime();
  private final LiveLine line;
  private boolean begun;
  private Work work = Work.WARM_UP;
  private String step = "";
  private long stepStart;

  Progress(PrintWriter err, Estimate estimate) {
    this.estimate = estimate;
    this.err = err;
    line = LiveLine.on(err, this::text);
  }

  /// The step before, if any, is over, and this one begins.
  void begin(Work next, String name) {
    double left = advance(next, name);
    if (line.isWatched()) {
      line.show();
    } else {
      err.printf("%s (%s left)%n", name, minutes(left));
      err.flush();
    }
  }

  private synchronized double advance(Work next, String name) {
    long now = System.nanoTime();
    if (begun) {
      estimate.done(work, (now - stepStart) / 1e9);
    }
    begun = true;
    work = next;
    step = name;
    stepStart = now;
    return left();
  }

  private double left() {
    return estimate.left(work, (System.nanoTime() - stepStart) / 1e9);
  }

  private synchronized String text() {
    return begun ? bar((System.nanoTime() - start) / 1e9, left(), step) : "";
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
  void clear() {
    line.clear();
  }

  @Override
  public void close() {
    line.close();
  }
}
