package dev.heddle.http;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A field value with parameters: `form-data; name="a"` (RFC 9110, section 5.6.6).
///
/// @param value what stands before the first semicolon
/// @param parameters by their names in lower case; the first of each name
record HeaderParameters(String value, Map<String, String> parameters) {

  /// Reads a value; what is malformed is skipped.
  static HeaderParameters parse(String text) {
    int at = end(text, 0, ';');
    String value = text.substring(0, at).strip();
    Map<String, String> parameters = new HashMap<>();
    while (at < text.length()) {
      int equals = end(text, at + 1, '=');
      String name = text.substring(at + 1, equals).strip().toLowerCase(Locale.ROOT);
      StringBuilder parameter = new StringBuilder();
      at = takeValue(text, equals + 1, parameter);
      if (equals < text.length()) {
        parameters.putIfAbsent(name, parameter.toString());
      }
    }
    return new HeaderParameters(value, parameters);
  }

  @Nullable String get(String name) {
    return parameters.get(name);
  }

  /// @return where the semicolon behind the value stands, or the end
  private static int takeValue(String text, int from, StringBuilder value) {
    int at = from;
    while (at < text.length() && Grammar.isWhitespace(text.charAt(at))) {
      at++;
    }
    if (at >= text.length() || text.charAt(at) != '"') {
      int end = end(text, Math.min(at, text.length()), ';');
      value.append(text.substring(Math.min(at, end), end).strip());
      return end;
    }
    for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
      // Browsers do not escape a backslash, but they do escape a quote otherwise.
      if (text.charAt(at) == '\\' && at + 1 < text.length() && text.charAt(at + 1) == '"') {
        at++;
      }
      value.append(text.charAt(at));
    }
    return end(text, Math.min(at, text.length()), ';');
  }

  private static int end(String text, int from, char c) {
    int found = from > text.length() ? -1 : text.indexOf(c, from);
    return found < 0 ? text.length() : found;
  }
}
