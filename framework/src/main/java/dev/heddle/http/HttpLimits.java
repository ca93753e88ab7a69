package dev.heddle.http;

/// How much a peer may send. Sizes are in octets; those of lines are without their ends. Immutable.
///
/// @param requestLine the request line, from 16 to 65,000; beyond it 414
/// @param fieldLine one field line, from 16 to 65,000; beyond it 431
/// @param fieldSection all field lines of a head, or of trailers, each with its end, from 16 to
///   65,000; beyond it 431
/// @param fields how many field lines, from 1 to 10,000; beyond it 431
/// @param body a request's body, unless its handler calls [RequestBody#limit(long)]; beyond it 413
/// @param unreadBody how much of a body that its handler left unread is read and dropped, so that
///   the connection can be kept; beyond it, it is closed
public record HttpLimits(
    int requestLine, int fieldLine, int fieldSection, int fields, long body, long unreadBody) {

  /// 8 KiB for a line, 32 KiB and 100 fields for all, 16 MiB for a body, 256 KiB of it unread.
  public static final HttpLimits DEFAULT =
      new HttpLimits(8192, 8192, 32_768, 100, 16L << 20, 256L << 10);

  /// Checks the values.
  ///
  /// @throws IllegalArgumentException naming the option, its value and what was expected
  public HttpLimits {
    check(requestLine >= 16 && requestLine <= 65_000, "requestLine", requestLine, "16 to 65000");
    check(fieldLine >= 16 && fieldLine <= 65_000, "fieldLine", fieldLine, "16 to 65000");
    check(
        fieldSection >= 16 && fieldSection <= 65_000, "fieldSection", fieldSection, "16 to 65000");
    check(fields >= 1 && fields <= 10_000, "fields", fields, "1 to 10000");
    check(body >= 0, "body", body, "a number from 0");
    check(unreadBody >= 0, "unreadBody", unreadBody, "a number from 0");
  }

  static void check(boolean holds, String option, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(option + " is " + value + ": expected " + expected);
    }
  }

  /// These limits with another for the request line.
  ///
  /// @throws IllegalArgumentException if it is out of its range
  public HttpLimits withRequestLine(int octets) {
    return new HttpLimits(octets, fieldLine, fieldSection, fields, body, unreadBody);
  }

  /// These limits with another for a field line.
  ///
  /// @throws IllegalArgumentException if it is out of its range
  public HttpLimits withFieldLine(int octets) {
    return new HttpLimits(requestLine, octets, fieldSection, fields, body, unreadBody);
  }

  /// These limits with another for a field section.
  ///
  /// @throws IllegalArgumentException if it is out of its range
  public HttpLimits withFieldSection(int octets) {
    return new HttpLimits(requestLine, fieldLine, octets, fields, body, unreadBody);
  }

  /// These limits with another number of fields.
  ///
  /// @throws IllegalArgumentException if it is out of its range
  public HttpLimits withFields(int count) {
    return new HttpLimits(requestLine, fieldLine, fieldSection, count, body, unreadBody);
  }

  /// These limits with another for a body.
  ///
  /// @throws IllegalArgumentException if it is out of its range
  public HttpLimits withBody(long octets) {
    return new HttpLimits(requestLine, fieldLine, fieldSection, fields, octets, unreadBody);
  }

  /// These limits with another for what is left unread of a body.
  ///
  /// @throws IllegalArgumentException if it is out of its range
  public HttpLimits withUnreadBody(long octets) {
    return new HttpLimits(requestLine, fieldLine, fieldSection, fields, body, octets);
  }
}
