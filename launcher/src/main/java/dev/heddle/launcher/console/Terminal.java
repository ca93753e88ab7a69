package dev.heddle.launcher.console;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Whether somebody is looking.
public final class Terminal {
  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

  private Terminal() {}

  /// Whether standard error is a terminal. The JDK tells of standard input and output only, so the
  /// third is asked for from the system where that tells.
  public static boolean isStandardError() {
    if (Optional.ofNullable(System.console()).filter(Console::isTerminal).isEmpty()) {
      return false;
    }
    try {
      return Files.readSymbolicLink(STANDARD_ERROR).startsWith("/dev");
    } catch (IOException | UnsupportedOperationException e) {
      return true;
    }
  }
}
