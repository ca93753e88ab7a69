package dev.heddle.launcher.console;

import java.lang.System.Logger.Level;
import java.util.Set;

/// From which level on records are written, of some loggers from a higher one.
///
/// Threading: any thread.
public final class LogLevel {
  private static final LogLevel CURRENT = new LogLevel(Level.INFO);

  private volatile int severity;
  private volatile Set<String> chatty = Set.of();

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

  /// Takes what these loggers inform of for debugging only, from now on.
  ///
  /// @param beginnings of their names
  public void lower(Set<String> beginnings) {
    chatty = Set.copyOf(beginnings);
  }

  boolean includes(String logger, Level level) {
    boolean isLowered = level == Level.INFO && chatty.stream().anyMatch(logger::startsWith);
    Level effective = isLowered ? Level.DEBUG : level;
    return effective != Level.OFF && effective.getSeverity() >= severity;
  }
}
