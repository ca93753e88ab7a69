package dev.heddle.launcher.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ListResourceBundle;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConsoleLoggerTest {
  private static final LocalDateTime NOON = LocalDateTime.of(2025, 11, 1, 12, 0);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final LogLevel threshold = new LogLevel(Level.INFO);
  private final System.Logger logger =
      new ConsoleLogger("a.b", threshold, new StandardError(bytes), () -> NOON);

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  @Test
  void aRecordIsALine() {
    logger.log(Level.INFO, "hello");
    logger.log(Level.WARNING, "careful");
    assertThat(written())
        .isEqualTo(
            """
            2025-11-01 12:00:00.000 INFO    a.b: hello
            2025-11-01 12:00:00.000 WARNING a.b: careful
            """);
  }

  @Test
  void whatIsBelowTheLevelIsNotWritten() {
    logger.log(Level.DEBUG, "hush");
    logger.log(Level.DEBUG, () -> "hush");
    threshold.set(Level.OFF);
    logger.log(Level.ERROR, "hush");
    logger.log(Level.OFF, "hush");
    assertThat(written()).isEmpty();
    threshold.set(Level.ALL);
    logger.log(Level.TRACE, "speak");
    assertThat(written()).endsWith("speak\n");
  }

  @Test
  void whatAChattyLoggerInformsOfIsForThoseWhoLookForFaults() {
    LogLevel level = new LogLevel(Level.INFO);
    var host = new ConsoleLogger("org.host.Listener", level, new StandardError(bytes), () -> NOON);
    level.lower(Set.of("org.host."));
    host.log(Level.INFO, "Started all channels");
    assertThat(written()).isEmpty();
    host.log(Level.WARNING, "careful");
    level.set(Level.DEBUG);
    host.log(Level.INFO, "Started all channels");
    assertThat(written()).hasLineCount(2).endsWith("Started all channels\n");
  }

  @Test
  void aThrowableIsAWordAtTheEndOfTheLine() {
    logger.log(Level.WARNING, "oh", new IOException("gone"));
    assertThat(written()).endsWith("a.b: oh: java.io.IOException: gone\n").hasLineCount(1);
  }

  @Test
  void anErrorComesWithItsStackTrace() {
    logger.log(Level.ERROR, "oh", new IOException("gone", new IOException("first")));
    assertThat(written())
        .contains("a.b: oh: java.io.IOException: gone\n\tat ")
        .contains("\nCaused by: java.io.IOException: first\n")
        .endsWith("\n");
  }

  @Test
  void parametersAreFilledIn() {
    logger.log(Level.INFO, "{0} of {1}", 1, "two");
    logger.log(Level.INFO, "{not a format}", 1);
    logger.log(Level.INFO, "{0} without", (Object[]) null);
    assertThat(written().lines().map(line -> line.replaceFirst(".*: ", "")))
        .containsExactly("1 of two", "{not a format}", "{0} without");
  }

  @Test
  void messagesAreTranslated() {
    ListResourceBundle german =
        new ListResourceBundle() {
          @Override
          protected Object[][] getContents() {
            return new Object[][] {{"hello", "hallo {0}"}};
          }
        };
    logger.log(Level.INFO, german, "hello", "Welt");
    logger.log(Level.INFO, german, "unknown", (Throwable) null);
    logger.log(Level.INFO, german, null, (Throwable) null);
    assertThat(written().lines().map(line -> line.replaceFirst(".*a.b: ", "")))
        .containsExactly("hallo Welt", "unknown", "");
  }

  @Test
  void everythingInThisProcessLogsHere() {
    System.Logger found = System.getLogger("anything");
    assertThat(found.getName()).isEqualTo("anything");
    assertThat(System.LoggerFinder.getLoggerFinder()).isInstanceOf(ConsoleLoggerFinder.class);
  }
}
