package dev.heddle.http;

import java.util.Arrays;

/// Collects the fields of [Headers]. Not for several threads at once.
public final class HeadersBuilder {
  private byte[] octets = new byte[64];
  private long[] index = new long[2];
  private int length;
  private int size;
  private int known;

  HeadersBuilder() {}

  /// Adds a field behind the others.
  ///
  /// @param name a token (RFC 9110, section 5.6.2)
  /// @param value of ISO-8859-1, without control characters other than HTAB; whitespace around it
  ///   is dropped
  /// @throws IllegalArgumentException if either is not so: nothing a response says can end its
  ///   line, or begin another message; or if all fields are longer than 65,000 octets
  public HeadersBuilder add(String name, String value) {
    String stripped = withoutWhitespace(value);
    int nameEnd = length + name.length();
    int valueStart = nameEnd + 2;
    int valueEnd = valueStart + stripped.length();
    if (valueEnd + 2 > Headers.MAX_SIZE) {
      throw new IllegalArgumentException(
          "the fields are longer than " + Headers.MAX_SIZE + " octets");
    }
    room(valueEnd + 2);
    encodeName(name);
    octets[nameEnd] = ':';
    octets[nameEnd + 1] = ' ';
    encodeValue(stripped, valueStart);
    octets[valueEnd] = Grammar.CR;
    octets[valueEnd + 1] = Grammar.LF;
    index[size++] = Headers.entry(length, nameEnd, valueStart, valueEnd);
    known |= KnownField.of(octets, length, nameEnd);
    length = valueEnd + 2;
    return this;
  }

  /// Adds all fields of another section.
  ///
  /// @throws IllegalArgumentException if they are too long together
  public HeadersBuilder addAll(Headers fields) {
    for (int i = 0; i < fields.size(); i++) {
      add(fields.name(i), fields.value(i));
    }
    return this;
  }

  /// The fields so far. The builder may go on.
  public Headers build() {
    return size == 0
        ? Headers.EMPTY
        : new Headers(Arrays.copyOf(octets, length), Arrays.copyOf(index, size), size, known);
  }

  private static String withoutWhitespace(String value) {
    int from = 0;
    int to = value.length();
    while (from < to && Grammar.isWhitespace(value.charAt(from))) {
      from++;
    }
    while (to > from && Grammar.isWhitespace(value.charAt(to - 1))) {
      to--;
    }
    return value.substring(from, to);
  }

  private void encodeName(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a field has no name");
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c > 0x7f || !Grammar.isToken((byte) c)) {
        throw new IllegalArgumentException("a field name is not a token");
      }
      octets[length + i] = (byte) c;
    }
  }

  private void encodeValue(String value, int at) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (!Grammar.isFieldValue(c)) {
        throw new IllegalArgumentException(
            "a field value has a control character or one outside ISO-8859-1");
      }
      octets[at + i] = (byte) c;
    }
  }

  private void room(int needed) {
    if (needed > octets.length) {
      octets = Arrays.copyOf(octets, Math.max(needed, octets.length * 2));
    }
    if (size == index.length) {
      index = Arrays.copyOf(index, size * 2);
    }
  }
}
