package dev.heddle.ws;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Checks text in UTF-8 as it comes, piece by piece (RFC 3629, section 4): the first byte that
/// can't belong to any text is found at once, wherever the pieces were cut.
///
/// What is known between two pieces is one number:
///
/// ```
///   0                                               between two characters
///   needed | lowest << 8 | highest << 16            so many bytes are still needed for this one, of
///                                                   which the next is between lowest and highest
/// ```
///
/// The bounds of the second byte are what keeps out overlong forms, surrogates, and what is beyond
/// U+10FFFF.
final class Utf8 {
  /// Between two characters.
  static final int COMPLETE = 0;

  /// A byte can't belong to any text.
  static final int INVALID = -1;

  private static final VarHandle EIGHT_OCTETS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final int LOWEST = 0x80 << 8;
  private static final int HIGHEST = 0xbf << 16;

  private Utf8() {}

  /// Goes on with the next piece.
  ///
  /// @param state what the last call returned; [#COMPLETE] at the start
  /// @return what is known behind it, or [#INVALID]
  static int check(int state, byte[] octets, int from, int to) {
    int now = state;
    int i = from;
    while (i < to) {
      if (now != COMPLETE) {
        now = next(now, octets[i++] & 0xff);
      } else if (to - i >= 8 && ((long) EIGHT_OCTETS.get(octets, i) & HIGH_BITS) == 0) {
        i += 8;
      } else if (octets[i++] < 0) {
        now = first(octets[i - 1] & 0xff);
      }
      if (now == INVALID) {
        return INVALID;
      }
    }
    return now;
  }

  /// Whether eight bytes, or several eights with all their bits put together, are all ASCII.
  static boolean isAscii(long octets) {
    return (octets & HIGH_BITS) == 0;
  }

  private static int next(int state, int octet) {
    if (octet < (state >> 8 & 0xff) || octet > state >> 16) {
      return INVALID;
    }
    int needed = (state & 0xff) - 1;
    return needed == 0 ? COMPLETE : needed | LOWEST | HIGHEST;
  }

  /// The state behind the first byte of a character outside ASCII.
  private static int first(int octet) {
    if (octet < 0xc2 || octet > 0xf4) {
      return INVALID; // continues nothing, is overlong whatever follows, or beyond U+10FFFF
    }
    if (octet < 0xe0) {
      return 1 | LOWEST | HIGHEST;
    }
    return switch (octet) {
      case 0xe0 -> 2 | 0xa0 << 8 | HIGHEST; // below: overlong
      case 0xed -> 2 | LOWEST | 0x9f << 16; // above: surrogates
      case 0xf0 -> 3 | 0x90 << 8 | HIGHEST; // below: overlong
      case 0xf4 -> 3 | LOWEST | 0x8f << 16; // above: beyond U+10FFFF
      default -> (octet < 0xf0 ? 2 : 3) | LOWEST | HIGHEST;
    };
  }
}
