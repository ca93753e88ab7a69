package dev.heddle.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// What is the same in many heads, rendered ahead: the status line, `Server` and `Date` once a
/// second; what is said of keep-alive once.
///
/// Threading: shared by all connections; any thread.
final class Preamble {
  private final String server;
  private final String keepAlive;
  private final byte[] keepAliveLines;
  private final boolean counted;

  /// Replaced whole; it does not matter if two threads do so at once.
  private volatile Rendered rendered = new Rendered(0, new byte[0], new byte[0]);

  /// @param ok the status line of 200 and the fields
  /// @param fields the fields alone
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Rendered(long second, byte[] ok, byte[] fields) {}

  Preamble(HttpOptions options) {
    long seconds = options.keepAliveTimeout().toSeconds();
    server = options.server().isEmpty() ? "" : Headers.of("Server", options.server()).toString();
    keepAlive =
        "Connection: keep-alive\r\n" + (seconds > 0 ? "Keep-Alive: timeout=" + seconds : "");
    keepAliveLines = ascii(seconds > 0 ? keepAlive + "\r\n" : keepAlive);
    counted = seconds > 0 && options.keepAliveRequests() > 0;
  }

  /// The status line of 200, `Server` and `Date`. Not to be changed.
  byte[] ok() {
    return current().ok;
  }

  /// `Server` and `Date`. Not to be changed.
  byte[] fields() {
    return current().fields;
  }

  /// What tells a peer that its connection stays (RFC 9112, section 9.3; `Keep-Alive` as RFC 2068,
  /// section 19.7.1 has it). Not to be changed.
  ///
  /// @param left how many requests it may bring yet
  byte[] keepAlive(int left) {
    return counted ? ascii(keepAlive + ", max=" + left + "\r\n") : keepAliveLines;
  }

  /// Those of `Server` and `Date` that a response does not have itself.
  byte[] missing(Headers headers) {
    String text = headers.has(KnownField.SERVER) ? "" : server;
    return ascii(
        headers.has(KnownField.DATE) ? text : text + date(System.currentTimeMillis() / 1000));
  }

  private Rendered current() {
    long second = System.currentTimeMillis() / 1000;
    Rendered now = rendered;
    if (now.second != second) {
      String fields = server + date(second);
      now = new Rendered(second, ascii("HTTP/1.1 200 OK\r\n" + fields), ascii(fields));
      rendered = now;
    }
    return now;
  }

  private static String date(long second) {
    return "Date: " + HttpDate.format(Instant.ofEpochSecond(second)) + "\r\n";
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
