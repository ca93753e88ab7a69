package dev.heddle.launcher.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;

/// Standard error, line by line, with room for one live line below that is rewritten in place.
///
/// Every line is one system call and takes no lock, unlike [System#err]: an event loop carries many
/// threads, and one of them must not wait here for another. Lines of several threads may swap
/// places, but never mix.
///
/// Threading: any thread.
public final class StandardError {
  /// To the start of the line, and erase what is there.
  private static final String ERASE = "\r\033[K";

  private static final StandardError INSTANCE =
      new StandardError(new FileOutputStream(FileDescriptor.err));

  private final OutputStream out;
  private final Charset charset =
      Charset.forName(System.getProperty("stderr.encoding", "UTF-8"), Charset.defaultCharset());
  private volatile boolean live;

  StandardError(OutputStream out) {
    this.out = out;
  }

  /// The one of this process.
  public static StandardError get() {
    return INSTANCE;
  }

  /// Writes a line, above the live one if there is one.
  public void print(String line) {
    write((live ? ERASE : "") + line + System.lineSeparator());
  }

  /// Writes the live line in place of the last one.
  public void rewrite(String line) {
    live = true;
    write(ERASE + line);
  }

  /// Leaves the live line as it stands; whatever comes next starts on a line of its own.
  public void finish() {
    if (live) {
      live = false;
      write(System.lineSeparator());
    }
  }

  private void write(String text) {
    try {
      out.write(text.getBytes(charset));
    } catch (IOException e) {
      // Nobody listens, and there is nowhere else to say so.
    }
  }
}
