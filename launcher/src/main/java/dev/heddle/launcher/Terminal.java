package dev.heddle.launcher;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// Whether somebody is looking, so that lines may be written anew in place: control codes are for
/// nobody else.
public final class Terminal {
  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");
  private static final Pattern DEVICES = Pattern.compile("/dev/(pts/|tty|console).*");

  /// What a terminal is called that knows no control codes.
  private static final String DUMB = "dumb";

  private Terminal() {}

  /// Whether standard error is a terminal. The JDK tells of standard input and output only, so the
  /// third is asked for from the system where that tells.
  public static boolean isStandardError() {
    return !DUMB.equals(System.getenv("TERM")) && isDevice();
  }

  private static boolean isDevice() {
    try {
      return DEVICES.matcher(Files.readSymbolicLink(STANDARD_ERROR).toString()).matches();
    } catch (IOException | UnsupportedOperationException notLinux) {
      return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }
  }
}
