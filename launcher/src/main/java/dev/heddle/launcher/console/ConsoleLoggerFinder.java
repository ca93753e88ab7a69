package dev.heddle.launcher.console;

import java.time.LocalDateTime;

/// Has everything that logs through [System.Logger] write to standard error. Found by the JDK
/// through [java.util.ServiceLoader].
public final class ConsoleLoggerFinder extends System.LoggerFinder {
  @Override
  public System.Logger getLogger(String name, Module module) {
    return new ConsoleLogger(name, LogLevel.current(), StandardError.get(), LocalDateTime::now);
  }
}
