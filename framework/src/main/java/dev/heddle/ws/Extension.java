package dev.heddle.ws;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One extension that a peer offers, with its parameters (RFC 6455, section 9.1).
record Extension(String name, List<Parameter> parameters) {

  /// @param value null if it has none
  record Parameter(String name, @Nullable String value) {}

  /// Reads the value of a `Sec-WebSocket-Extensions` field.
  ///
  /// @return null if it is malformed
  static @Nullable List<Extension> parse(String value) {
    List<Extension> extensions = new ArrayList<>();
    Cursor cursor = new Cursor(value);
    do {
      Extension extension = extension(cursor);
      if (extension == null) {
        return null;
      }
      extensions.add(extension);
    } while (cursor.take(','));
    return cursor.isAtEnd() ? extensions : null;
  }

  private static @Nullable Extension extension(Cursor cursor) {
    String name = cursor.token();
    List<Parameter> parameters = new ArrayList<>();
    while (cursor.take(';')) {
      String parameter = cursor.token();
      String value = cursor.take('=') ? cursor.tokenOrQuoted() : null;
      if (parameter.isEmpty() || (value != null && value.isEmpty())) {
        return null;
      }
      parameters.add(new Parameter(parameter.toLowerCase(Locale.ROOT), value));
    }
    return name.isEmpty() ? null : new Extension(name.toLowerCase(Locale.ROOT), parameters);
  }

  /// Where the reading has come to; whitespace around what is taken is skipped.
  private static final class Cursor {
    private final String text;
    private int at;

    private Cursor(String text) {
      this.text = text;
    }

    private boolean isAtEnd() {
      skipWhitespace();
      return at == text.length();
    }

    private boolean take(char c) {
      boolean there = !isAtEnd() && text.charAt(at) == c;
      at += there ? 1 : 0;
      return there;
    }

    /// Empty if there is none.
    private String token() {
      skipWhitespace();
      int from = at;
      while (at < text.length() && FieldValues.isTokenCharacter(text.charAt(at))) {
        at++;
      }
      return text.substring(from, at);
    }

    /// Quoted or not, it has to be a token; else empty.
    private String tokenOrQuoted() {
      if (!take('"')) {
        return token();
      }
      StringBuilder value = new StringBuilder();
      while (at < text.length() && text.charAt(at) != '"') {
        at += text.charAt(at) == '\\' && at + 1 < text.length() ? 1 : 0;
        value.append(text.charAt(at++));
      }
      boolean closed = at < text.length();
      at += closed ? 1 : 0;
      return closed && FieldValues.isToken(value.toString()) ? value.toString() : "";
    }

    private void skipWhitespace() {
      while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
        at++;
      }
    }
  }
}
