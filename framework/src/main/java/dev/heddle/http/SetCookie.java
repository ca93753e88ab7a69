package dev.heddle.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A cookie for a peer to keep (RFC 6265, section 4.1; `SameSite` of its successor):
///
/// ```java
/// response.with("Set-Cookie", SetCookie.of("id", "x7").maxAge(Duration.ofDays(1)).toString())
/// ```
///
/// @param name a token
/// @param value printable ASCII without quotes, commas, semicolons, backslashes and spaces
/// @param path that it is sent to; empty: that of the request
/// @param domain that it is sent to; empty: this host alone
/// @param maxAge how long it is kept; zero: it is removed; null: as long as the browser runs
/// @param secure whether it is sent over TLS only
/// @param httpOnly whether scripts can't see it
/// @param sameSite `Strict`, `Lax`, `None`, or empty
public record SetCookie(
    String name,
    String value,
    String path,
    String domain,
    @Nullable Duration maxAge,
    boolean secure,
    boolean httpOnly,
    String sameSite) {

  /// Checks the parts.
  ///
  /// @throws IllegalArgumentException naming the part that holds what it may not
  public SetCookie {
    for (int i = 0; i < name.length(); i++) {
      check(name.charAt(i) < 0x7f && Grammar.isToken((byte) name.charAt(i)), "name");
    }
    check(!name.isEmpty(), "name");
    for (int i = 0; i < value.length(); i++) {
      check(isCookieOctet(value.charAt(i)), "value");
    }
    check(isAttribute(path), "path");
    check(isAttribute(domain), "domain");
    check(maxAge == null || !maxAge.isNegative(), "maxAge");
    check(sameSite.isEmpty() || sameSite.matches("Strict|Lax|None"), "sameSite");
  }

  /// A cookie for the whole site, hidden from scripts and sent with requests of this site and links
  /// to it, as long as the browser runs.
  ///
  /// @throws IllegalArgumentException if name or value hold what they may not
  public static SetCookie of(String name, String value) {
    return new SetCookie(name, value, "/", "", null, false, true, "Lax");
  }

  /// The order to remove a cookie of [#of].
  public static SetCookie remove(String name) {
    return of(name, "").maxAge(Duration.ZERO);
  }

  /// This cookie, kept for a time; zero removes it.
  public SetCookie maxAge(Duration time) {
    return new SetCookie(name, value, path, domain, time, secure, httpOnly, sameSite);
  }

  /// This cookie, sent to a path and those below.
  public SetCookie path(String prefix) {
    return new SetCookie(name, value, prefix, domain, maxAge, secure, httpOnly, sameSite);
  }

  /// This cookie, sent over TLS only.
  public SetCookie overTls() {
    return new SetCookie(name, value, path, domain, maxAge, true, httpOnly, sameSite);
  }

  private static void check(boolean holds, String part) {
    if (!holds) {
      throw new IllegalArgumentException("the " + part + " of a cookie is malformed");
    }
  }

  private static boolean isCookieOctet(char c) {
    return c > ' ' && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\';
  }

  private static boolean isAttribute(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~' || text.charAt(i) == ';') {
        return false;
      }
    }
    return true;
  }

  /// The value of the `Set-Cookie` field.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name).append('=').append(value);
    append(text, "; Path=", path);
    append(text, "; Domain=", domain);
    append(text, "; Max-Age=", maxAge == null ? "" : Long.toString(maxAge.toSeconds()));
    text.append(secure ? "; Secure" : "").append(httpOnly ? "; HttpOnly" : "");
    append(text, "; SameSite=", sameSite);
    return text.toString();
  }

  private static void append(StringBuilder text, String attribute, String value) {
    if (!value.isEmpty()) {
      text.append(attribute).append(value);
    }
  }
}
