package dev.heddle.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of a representation (RFC 9110, section 14).
///
/// @param first octet
/// @param last octet, included
record ByteRange(long first, long last) {
  /// More ranges than anybody needs are no request, but an attack.
  private static final int MAX = 16;

  private static final int MAX_DIGITS = 18;

  long length() {
    return last - first + 1;
  }

  /// As in `bytes 0-99/1000`.
  String contentRange(long size) {
    return "bytes " + first + "-" + last + "/" + size;
  }

  /// The ranges of a `Range` field that can be satisfied, in order, empty if none can; null if the
  /// field is to be ignored: it is malformed, has another unit, or asks for too much.
  static @Nullable List<ByteRange> parse(String value, long size) {
    if (!value.regionMatches(true, 0, "bytes=", 0, 6)) {
      return null;
    }
    List<ByteRange> ranges = new ArrayList<>();
    long total = 0;
    String[] members = value.substring(6).split(",", -1);
    if (members.length > MAX) {
      return null;
    }
    for (String member : members) {
      String text = member.strip();
      int dash = text.indexOf('-');
      if (dash < 0
          || text.length() == 1
          || !isNumber(text, 0, dash)
          || !isNumber(text, dash + 1, text.length())) {
        return null;
      }
      ByteRange range = of(text.substring(0, dash), text.substring(dash + 1), size);
      if (range == null) {
        return null;
      }
      if (range.first < size && range.length() > 0) {
        ranges.add(range);
        total += range.length();
      }
    }
    return ranges.size() > 1 && total > size ? null : ranges;
  }

  private static @Nullable ByteRange of(String first, String last, long size) {
    if (first.isEmpty()) {
      return new ByteRange(Math.max(0, size - Long.parseLong(last)), size - 1);
    }
    long from = Long.parseLong(first);
    if (last.isEmpty()) {
      return new ByteRange(from, Math.max(from, size - 1));
    }
    long to = Long.parseLong(last);
    return to < from ? null : new ByteRange(from, Math.min(to, Math.max(from, size - 1)));
  }

  private static boolean isNumber(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Grammar.isDigit(text.charAt(i))) {
        return false;
      }
    }
    return to - from <= MAX_DIGITS;
  }
}
