package dev.heddle.http;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/// The grammar of the field `tracestate` (W3C Trace Context, section 3.3.1).
final class TraceState {
  private static final int MEMBERS = 32;
  private static final Pattern KEY =
      Pattern.compile(
          "[a-z][a-z0-9_*/-]{0,255}|[a-z0-9][a-z0-9_*/-]{0,240}@[a-z][a-z0-9_*/-]{0,13}");
  private static final Pattern VALUE = Pattern.compile("[ -+\\--<>-~]{0,255}[!-+\\--<>-~]");

  private TraceState() {}

  /// Whether this is a list of no more members than may be, each with another key.
  static boolean isValid(String list) {
    Set<String> keys = new HashSet<>();
    for (String each : list.split(",", -1)) {
      String member = withoutSpace(each);
      int equals = member.indexOf('=');
      if (member.isEmpty()) {
        continue; // allowed, as by lists elsewhere
      }
      if (equals < 0
          || !KEY.matcher(member.substring(0, equals)).matches()
          || !VALUE.matcher(member.substring(equals + 1)).matches()
          || !keys.add(member.substring(0, equals))) {
        return false;
      }
    }
    return keys.size() <= MEMBERS;
  }

  private static String withoutSpace(String member) {
    int from = 0;
    int to = member.length();
    while (from < to && isSpace(member.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(member.charAt(to - 1))) {
      to--;
    }
    return member.substring(from, to);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }
}
