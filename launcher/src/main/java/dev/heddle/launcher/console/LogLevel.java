package dev.heddle.launcher.console;

import java.lang.System.Logger.Level;

/// From which level on records are written.
///
/// Threading: any thread.
public final class LogLevel {
  private static final LogLevel CURRENT = new LogLevel(Level.INFO);

  private volatile int severity;

  LogLevel(Level level) {
    severity = level.getSeverity();
  }

  /// The one that all loggers of this process go by.
  public static LogLevel current() {
    return CURRENT;
  }

  /// Writes records of this level and above from now on; with [Level#OFF], none.
  public void set(Level level) {
    severity = level.getSeverity();
  }

  boolean includes(Level level) {
    return level != Level.OFF && level.getSeverity() >= severity;
  }
}
