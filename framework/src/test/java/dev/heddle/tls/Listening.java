package dev.heddle.tls;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Collects what is logged about TLS while it is open.
final class Listening extends Handler implements AutoCloseable {
  private final Logger logger = Logger.getLogger("dev.heddle.tls");
  private final Level before = logger.getLevel();
  private final List<String> messages = new CopyOnWriteArrayList<>();

  Listening() {
    logger.setLevel(Level.INFO);
    logger.addHandler(this);
  }

  /// What was logged, each with its level.
  List<String> messages() {
    return messages;
  }

  @Override
  public void publish(LogRecord line) {
    messages.add(line.getLevel() + " " + line.getMessage());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setLevel(before);
  }
}
