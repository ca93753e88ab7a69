package dev.heddle.ws;

import dev.heddle.http.Request;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Compares the origin of a page with the host that it asks (RFC 6454).
final class Origins {
  private Origins() {}

  /// Whether a request has no `Origin`, or one whose host and port are those it asks.
  static boolean isSame(Request request) {
    if (request.headers().all("Origin").size() > 1) {
      return false;
    }
    String origin = request.header("Origin");
    if (origin == null) {
      return true;
    }
    String defaultPort = defaultPort(origin);
    if (defaultPort == null) {
      return false;
    }
    String asked = request.host().toLowerCase(Locale.ROOT);
    String page = origin.substring(origin.indexOf("//") + 2).toLowerCase(Locale.ROOT);
    return !asked.isEmpty() && without(asked, defaultPort).equals(without(page, defaultPort));
  }

  /// That of the origin's scheme, with its colon; null for a scheme that no page of ours has.
  private static @Nullable String defaultPort(String origin) {
    if (origin.regionMatches(true, 0, "http://", 0, 7)) {
      return ":80";
    }
    return origin.regionMatches(true, 0, "https://", 0, 8) ? ":443" : null;
  }

  private static String without(String authority, String port) {
    return authority.endsWith(port)
        ? authority.substring(0, authority.length() - port.length())
        : authority;
  }
}
