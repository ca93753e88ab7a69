package dev.heddle.benchmarks.baselines;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/// What the HTTP servers that are compared have in common.
final class HttpPaths {
  /// Answered by [#HELLO].
  static final String PLAINTEXT = "/plaintext";

  /// Answered by what was posted.
  static final String ECHO = "/echo";

  /// Answered by [#DOWNLOAD_LENGTH] bytes.
  static final String DOWNLOAD = "/download";

  /// Answered by [#HELLO] after as many milliseconds as the number that follows says.
  static final String SLEEP = "/sleep/";

  static final String HELLO = "Hello, World!";
  static final byte[] HELLO_BYTES = HELLO.getBytes(StandardCharsets.US_ASCII);
  static final int DOWNLOAD_LENGTH = 1 << 20;
  static final String TEXT = "text/plain";
  static final String BYTES = "application/octet-stream";

  private HttpPaths() {}

  /// The time now, as `Date` has it.
  static String date() {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
  }

  /// The time that a path below [#SLEEP] says.
  static long millis(String path) {
    return Long.parseLong(path, SLEEP.length(), path.length(), 10);
  }
}
