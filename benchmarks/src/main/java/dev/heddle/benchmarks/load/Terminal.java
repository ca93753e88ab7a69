package dev.heddle.benchmarks.load;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What is known of the terminal, if there is one.
public final class Terminal {
  /// Goes back to the first column and clears the line.
  public static final String ERASE_LINE = "\r\u001b[K";

  private Terminal() {}

  /// Whether someone may be watching stderr: control codes are for nobody else.
  @SuppressWarnings("SystemConsoleNull") // NullAway holds it to be nullable
  public static boolean showsStderr() {
    try {
      String file = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException notLinux) {
      Console console = System.console();
      return console != null && console.isTerminal();
    }
  }
}
