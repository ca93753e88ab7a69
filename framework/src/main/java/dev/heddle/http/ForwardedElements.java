package dev.heddle.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Reads the field `Forwarded` (RFC 7239, section 4), strictly: a quote that a client leaves open
/// must not swallow what a proxy has added behind it.
///
/// ```
///   Forwarded: for=192.0.2.43;proto=https;host=example.org, for="[2001:db8::17]:4711"
/// ```
final class ForwardedElements {
  private final String text;
  private int at;

  private ForwardedElements(String text) {
    this.text = text;
  }

  /// The elements of all lines, the client's end first. Each line is read by itself.
  ///
  /// @throws ProtocolException 400 if one is malformed
  static List<ForwardedHop> parse(List<String> lines) throws ProtocolException {
    List<ForwardedHop> hops = new ArrayList<>();
    for (String line : lines) {
      new ForwardedElements(line).addTo(hops);
    }
    return hops;
  }

  private void addTo(List<ForwardedHop> hops) throws ProtocolException {
    for (boolean more = true; more; ) {
      Map<String, String> pairs = element();
      if (!pairs.isEmpty()) {
        hops.add(new ForwardedHop(pairs.get("for"), pairs.get("proto"), pairs.get("host")));
      }
      more = skip(',');
      if (!more && at < text.length()) {
        throw malformed();
      }
    }
  }

  private Map<String, String> element() throws ProtocolException {
    Map<String, String> pairs = new HashMap<>();
    do {
      skipWhitespace();
      String name = token().toLowerCase(Locale.ROOT);
      if (!name.isEmpty() && (!skip('=') || pairs.put(name, value()) != null)) {
        throw malformed();
      }
      skipWhitespace();
    } while (skip(';'));
    return pairs;
  }

  private String value() throws ProtocolException {
    if (skip('"')) {
      return quoted();
    }
    String value = token();
    if (value.isEmpty()) {
      throw malformed();
    }
    return value;
  }

  private String quoted() throws ProtocolException {
    StringBuilder value = new StringBuilder();
    while (!skip('"')) {
      boolean _ = skip('\\');
      if (at == text.length()) {
        throw malformed();
      }
      value.append(text.charAt(at++));
    }
    return value.toString();
  }

  private String token() {
    int from = at;
    while (at < text.length()
        && text.charAt(at) < 0x80
        && Grammar.isToken((byte) text.charAt(at))) {
      at++;
    }
    return text.substring(from, at);
  }

  private void skipWhitespace() {
    while (at < text.length() && Grammar.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean skip(char c) {
    boolean isThere = at < text.length() && text.charAt(at) == c;
    if (isThere) {
      at++;
    }
    return isThere;
  }

  private static ProtocolException malformed() {
    return ProtocolException.badRequest("a malformed Forwarded field");
  }
}
