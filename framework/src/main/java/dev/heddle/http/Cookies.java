package dev.heddle.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// The cookies that a peer sends (RFC 6265, section 5.4).
public final class Cookies {
  private Cookies() {}

  /// The cookies of a request, in order, by name; of those that are there twice the first, as it is
  /// the one with the more specific path. What is no cookie is skipped. Values are not decoded;
  /// quotes around them are dropped.
  public static Map<String, String> of(Request request) {
    Map<String, String> cookies = new LinkedHashMap<>();
    for (String value : request.headers().all("Cookie")) {
      for (int from = 0; from < value.length(); ) {
        int found = value.indexOf(';', from);
        int to = found < 0 ? value.length() : found;
        int equals = value.indexOf('=', from, to);
        if (equals > from) {
          String name = value.substring(from, equals).strip();
          if (!name.isEmpty()) {
            cookies.putIfAbsent(name, unquoted(value.substring(equals + 1, to).strip()));
          }
        }
        from = to + 1;
      }
    }
    return Collections.unmodifiableMap(cookies);
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
