package dev.heddle.ws;

import dev.heddle.http.Request;
import java.util.Locale;
import java.util.Set;

/// Which pages may open a WebSocket. Browsers let any page connect to any server, and send that
/// server's cookies along; all that tells the page is the `Origin` field (RFC 6455, section 10.2).
/// Programs other than browsers send what they like: this is no authentication.
@FunctionalInterface
public interface OriginPolicy {

  /// Whether a request may go on; if not, it is answered with 403.
  boolean allows(Request request);

  /// The pages of the host that is asked, and whoever sends no `Origin`, which browsers always do.
  ///
  /// Compared are host and port. The scheme is not: a proxy before the server may speak TLS. A port
  /// that is the default of the origin's scheme may be named in `Host` or not.
  static OriginPolicy sameOrigin() {
    return Origins::isSame;
  }

  /// Some origins, in lower case as `https://example.org`, and whoever sends no `Origin`.
  static OriginPolicy of(String... origins) {
    Set<String> allowed = Set.of(origins);
    return request -> {
      String origin = request.header("Origin");
      return origin == null || allowed.contains(origin.toLowerCase(Locale.ROOT));
    };
  }

  /// All pages of all the web: for servers that know nobody, and tell nothing but to everybody.
  static OriginPolicy any() {
    return _ -> true;
  }
}
