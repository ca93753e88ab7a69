package dev.heddle.launcher.console;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.text.MessageFormat;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ResourceBundle;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A logger that writes to standard error: time, level, logger, message. A throwable is a word at
/// the end of the line; only at level ERROR its stack trace follows.
///
/// It takes no lock, and blocks only while the system takes the finished bytes.
final class ConsoleLogger implements System.Logger {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");

  private final String name;
  private final LogLevel threshold;
  private final StandardError out;
  private final Supplier<LocalDateTime> clock;

  ConsoleLogger(String name, LogLevel threshold, StandardError out, Supplier<LocalDateTime> clock) {
    this.name = name;
    this.threshold = threshold;
    this.out = out;
    this.clock = clock;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public boolean isLoggable(Level level) {
    return threshold.includes(name, level);
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String message,
      @Nullable Throwable thrown) {
    if (isLoggable(level)) {
      write(level, translate(bundle, message), thrown);
    }
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String format,
      @Nullable Object @Nullable ... parameters) {
    if (isLoggable(level)) {
      write(level, fill(translate(bundle, format), parameters), null);
    }
  }

  private static String translate(@Nullable ResourceBundle bundle, @Nullable String message) {
    if (message == null) {
      return "";
    }
    return bundle != null && bundle.containsKey(message) ? bundle.getString(message) : message;
  }

  private static String fill(String format, @Nullable Object @Nullable [] parameters) {
    if (parameters == null || parameters.length == 0) {
      return format;
    }
    try {
      return MessageFormat.format(format, parameters);
    } catch (IllegalArgumentException e) {
      return format;
    }
  }

  private void write(Level level, String message, @Nullable Throwable thrown) {
    StringBuilder text = new StringBuilder();
    text.append(TIME.format(clock.get()));
    text.append(' ').append("%-7s".formatted(level));
    text.append(' ').append(name).append(": ").append(message);
    if (thrown != null) {
      if (!message.isEmpty()) {
        text.append(": ");
      }
      text.append(level == Level.ERROR ? stackTrace(thrown) : thrown);
    }
    out.print(text.toString());
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return trace.toString().stripTrailing();
  }
}
