package dev.heddle.ws;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A whole message (RFC 6455, section 5.6). Immutable, so free to keep, to share, and to send to as
/// many as one likes.
public sealed interface Message {

  /// A text. What is not Unicode in it, an unpaired surrogate, is sent as a question mark.
  static Text text(String text) {
    return new Text(text);
  }

  /// Bytes.
  ///
  /// @param bytes not copied: must not change any more
  static Binary binary(byte[] bytes) {
    return new Binary(bytes);
  }

  /// The length of what is sent, in bytes.
  int length();

  /// A text: keeps the form it was made of, and makes the other when that is first asked for. So an
  /// echo decodes nothing.
  final class Text implements Message {
    /// The form it was made of: a string, or valid UTF-8 in an array.
    private final Object given;

    /// The other form. What two threads make at once is equal.
    private volatile @Nullable Object made;

    private Text(String text) {
      this.given = Objects.requireNonNull(text);
    }

    /// @param utf8 valid, and not to be changed any more
    Text(byte[] utf8) {
      this.given = utf8;
    }

    /// The text.
    public String text() {
      if (given instanceof String text) {
        return text;
      }
      if (made instanceof String text) {
        return text;
      }
      String text = new String((byte[]) given, StandardCharsets.UTF_8);
      made = text;
      return text;
    }

    /// The text in UTF-8. Not to be changed.
    byte[] utf8() {
      if (given instanceof byte[] utf8) {
        return utf8;
      }
      if (made instanceof byte[] utf8) {
        return utf8;
      }
      byte[] utf8 = ((String) given).getBytes(StandardCharsets.UTF_8);
      made = utf8;
      return utf8;
    }

    @Override
    public int length() {
      return utf8().length;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Text that && Arrays.equals(utf8(), that.utf8());
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(utf8());
    }

    /// The text.
    @Override
    public String toString() {
      return text();
    }
  }

  /// Bytes.
  final class Binary implements Message {
    private final byte[] bytes;

    private Binary(byte[] bytes) {
      this.bytes = bytes;
    }

    /// The bytes. Not to be changed.
    public byte[] bytes() {
      return bytes;
    }

    @Override
    public int length() {
      return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Binary that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    /// As in `17 bytes`.
    @Override
    public String toString() {
      return bytes.length + " bytes";
    }
  }
}
