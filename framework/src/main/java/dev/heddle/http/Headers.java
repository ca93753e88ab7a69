package dev.heddle.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The fields of a message, in order, names in whatever case, repeated or not (RFC 9110, section
/// 5).
///
/// Immutable, and so free to keep and to share. It is the field section as it stands on the wire,
/// with an index; strings are made when they are asked for.
///
/// ```
///   octets:  Host: heddle.dev CR LF Accept: * / * CR LF ...
///   index:   one long a field, of four 16-bit offsets: name, its end, value, its end
/// ```
public final class Headers implements Iterable<Headers.Field> {
  /// The largest section, in octets: offsets have 16 bits.
  static final int MAX_SIZE = 0xffff;

  /// No fields.
  public static final Headers EMPTY = new Headers(new byte[0], new long[0], 0, 0);

  private final byte[] octets;
  private final long[] index;
  private final int size;
  private final int known;

  /// Takes the arrays over.
  ///
  /// @param known the bits of [KnownField] that are there
  Headers(byte[] octets, long[] index, int size, int known) {
    this.octets = octets;
    this.index = index;
    this.size = size;
    this.known = known;
  }

  /// One field.
  public record Field(String name, String value) {}

  /// Fields from names and values in turn.
  ///
  /// @throws IllegalArgumentException as [HeadersBuilder#add]
  public static Headers of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("the last name has no value");
    }
    HeadersBuilder builder = builder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      builder.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return builder.build();
  }

  /// A builder without fields.
  public static HeadersBuilder builder() {
    return new HeadersBuilder();
  }

  /// How many fields there are.
  public int size() {
    return size;
  }

  /// The name of a field, as it was sent.
  ///
  /// @param i from 0 to size - 1
  public String name(int i) {
    return string(nameStart(i), nameEnd(i));
  }

  /// The value of a field, without the whitespace around it, read as ISO-8859-1.
  ///
  /// @param i from 0 to size - 1
  public String value(int i) {
    return string(valueStart(i), valueEnd(i));
  }

  /// The first value of a name, or null.
  public @Nullable String get(String name) {
    int i = indexOf(name, 0);
    return i < 0 ? null : value(i);
  }

  /// The first value of a name, or another.
  public String get(String name, String otherwise) {
    String value = get(name);
    return value != null ? value : otherwise;
  }

  /// All values of a name, in order.
  public List<String> all(String name) {
    List<String> values = new ArrayList<>(2);
    for (int i = indexOf(name, 0); i >= 0; i = indexOf(name, i + 1)) {
      values.add(value(i));
    }
    return values;
  }

  /// Whether a field of this name is there.
  public boolean contains(String name) {
    return indexOf(name, 0) >= 0;
  }

  /// Whether a member of the comma-separated lists of this name is `token`, in whatever case, as in
  /// `Connection: keep-alive, Upgrade`.
  public boolean containsToken(String name, String token) {
    for (int i = indexOf(name, 0); i >= 0; i = indexOf(name, i + 1)) {
      for (int from = valueStart(i); from <= valueEnd(i); ) {
        int to = memberEnd(from, valueEnd(i));
        if (equalsIgnoreCase(trimStart(from, to), trimEnd(from, to), token)) {
          return true;
        }
        from = to + 1;
      }
    }
    return false;
  }

  /// These fields and one more behind them.
  ///
  /// @throws IllegalArgumentException as [HeadersBuilder#add]
  public Headers with(String name, String value) {
    return builder().addAll(this).add(name, value).build();
  }

  /// These fields without those of a name.
  public Headers without(String name) {
    if (!contains(name)) {
      return this;
    }
    HeadersBuilder builder = builder();
    for (int i = 0; i < size; i++) {
      if (!equalsIgnoreCase(nameStart(i), nameEnd(i), name)) {
        builder.add(name(i), value(i));
      }
    }
    return builder.build();
  }

  @Override
  public Iterator<Field> iterator() {
    List<Field> fields = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      fields.add(new Field(name(i), value(i)));
    }
    return fields.iterator();
  }

  /// Whether both have the same fields in the same order, whatever the case of their names.
  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Headers that) || size != that.size) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      if (!equalsIgnoreCase(nameStart(i), nameEnd(i), that.name(i))
          || !value(i).equals(that.value(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = size;
    for (int i = 0; i < size; i++) {
      hash = hash * 31 + value(i).hashCode();
    }
    return hash;
  }

  /// The fields, one a line, as they stand on the wire.
  @Override
  public String toString() {
    return string(0, octets.length);
  }

  /// The field lines, each with its line end. Not to be changed.
  byte[] octets() {
    return octets;
  }

  /// Whether any of the fields of these bits of [KnownField] is there.
  boolean has(int fields) {
    return (known & fields) != 0;
  }

  /// Which [KnownField] a field is, or 0.
  int known(int i) {
    return KnownField.of(octets, nameStart(i), nameEnd(i));
  }

  /// Whether `wire` holds, at `from`, these field lines and the empty line behind them.
  boolean matches(byte[] wire, int from, int to) {
    int end = from + octets.length;
    return end + 2 <= to
        && Arrays.equals(wire, from, end, octets, 0, octets.length)
        && wire[end] == Grammar.CR
        && wire[end + 1] == Grammar.LF;
  }

  int valueStart(int i) {
    return (int) (index[i] >>> 16) & 0xffff;
  }

  int valueEnd(int i) {
    return (int) index[i] & 0xffff;
  }

  private int nameStart(int i) {
    return (int) (index[Objects.checkIndex(i, size)] >>> 48);
  }

  private int nameEnd(int i) {
    return (int) (index[i] >>> 32) & 0xffff;
  }

  /// An entry of the index.
  static long entry(int nameStart, int nameEnd, int valueStart, int valueEnd) {
    return (long) nameStart << 48 | (long) nameEnd << 32 | (long) valueStart << 16 | valueEnd;
  }

  private int indexOf(String name, int from) {
    for (int i = from; i < size; i++) {
      if (equalsIgnoreCase(nameStart(i), nameEnd(i), name)) {
        return i;
      }
    }
    return -1;
  }

  private boolean equalsIgnoreCase(int from, int to, String text) {
    if (to - from != text.length()) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (Grammar.lower(octets[i] & 0xff) != Grammar.lower(text.charAt(i - from))) {
        return false;
      }
    }
    return true;
  }

  private int memberEnd(int from, int to) {
    int i = from;
    while (i < to && octets[i] != ',') {
      i++;
    }
    return i;
  }

  private int trimStart(int from, int to) {
    int i = from;
    while (i < to && Grammar.isWhitespace(octets[i])) {
      i++;
    }
    return i;
  }

  private int trimEnd(int from, int to) {
    int i = to;
    while (i > from && Grammar.isWhitespace(octets[i - 1])) {
      i--;
    }
    return i;
  }

  private String string(int from, int to) {
    return new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
