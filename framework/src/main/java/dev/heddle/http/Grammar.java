package dev.heddle.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Which octets may stand where (RFC 9110, section 5.6; RFC 9112, section 2.2; RFC 3986).
final class Grammar {
  static final byte CR = '\r';
  static final byte LF = '\n';
  static final byte HTAB = '\t';

  private static final VarHandle EIGHT_OCTETS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private static final byte TOKEN = 1;
  private static final byte PATH = 2;
  private static final byte QUERY = 4;
  private static final byte HOST = 8;
  private static final byte[] CLASSES = new byte[256];

  static {
    String alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    allow(TOKEN, alphanumeric + "!#$%&'*+-.^_`|~");
    String subDelims = "!$&'()*+,;=";
    allow(HOST, alphanumeric + "-._~%" + subDelims);
    // Behind the slash: what RFC 3986 lacks and browsers send all the same.
    String pchar = alphanumeric + "-._~%" + subDelims + ":@";
    allow(PATH, pchar + "/" + "[]|^");
    allow(QUERY, pchar + "/?" + "[]|^{}`\\");
  }

  private Grammar() {}

  private static void allow(byte mask, String characters) {
    for (int i = 0; i < characters.length(); i++) {
      CLASSES[characters.charAt(i)] |= mask;
    }
  }

  static boolean isToken(byte octet) {
    return (CLASSES[octet & 0xff] & TOKEN) != 0;
  }

  static boolean isPath(byte octet) {
    return (CLASSES[octet & 0xff] & PATH) != 0;
  }

  static boolean isQuery(byte octet) {
    return (CLASSES[octet & 0xff] & QUERY) != 0;
  }

  /// Whether the octet may stand in a host that is a name or an IPv4 address, percent sign
  /// included.
  static boolean isHost(byte octet) {
    return (CLASSES[octet & 0xff] & HOST) != 0;
  }

  static boolean isToken(byte[] octets, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isToken(octets[i])) {
        return false;
      }
    }
    return from < to;
  }

  /// Whether a character may stand in a field value, in a response of ours.
  static boolean isFieldValue(char c) {
    return (c >= ' ' && c <= 0xff && c != 0x7f) || c == HTAB;
  }

  static boolean isWhitespace(int octet) {
    return octet == ' ' || octet == HTAB;
  }

  static boolean isDigit(int octet) {
    return octet >= '0' && octet <= '9';
  }

  /// The value of a hexadecimal digit, or -1.
  static int hex(int octet) {
    return octet < 0x80 ? Character.digit(octet, 16) : -1;
  }

  /// A letter of ASCII in lower case; any other octet as it is.
  static int lower(int octet) {
    return octet >= 'A' && octet <= 'Z' ? octet + 32 : octet;
  }

  /// Whether the octets are those of `lower`, in whatever case.
  ///
  /// @param lower in lower case
  static boolean equalsIgnoreCase(byte[] octets, int from, int to, String lower) {
    if (to - from != lower.length()) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (lower(octets[i]) != lower.charAt(i - from)) {
        return false;
      }
    }
    return true;
  }

  /// Finds the CRLF that ends a line.
  ///
  /// @return the index of its CR, or -1 if it has not come yet
  /// @throws ProtocolException if a control character other than HTAB stands before it: a bare CR
  ///   or LF, too, is no line end here (RFC 9112, section 2.2)
  static int lineEnd(byte[] octets, int from, int to) throws ProtocolException {
    for (int i = control(octets, from, to); i < to; i = control(octets, i + 1, to)) {
      byte octet = octets[i];
      if (octet == CR) {
        if (i + 1 == to) {
          return -1;
        }
        if (octets[i + 1] == LF) {
          return i;
        }
        throw ProtocolException.badRequest("a CR without LF");
      }
      if (octet != HTAB) {
        throw ProtocolException.badRequest(octet == LF ? "a LF without CR" : "a control character");
      }
    }
    return -1;
  }

  /// How many octets of a line are there: up to its end, if that was found, and otherwise all that
  /// have come but a CR that may belong to it.
  ///
  /// @param end as [#lineEnd] found it, or -1
  static int lineLength(byte[] octets, int from, int end, int to) {
    return (end >= 0 ? end : to > from && octets[to - 1] == CR ? to - 1 : to) - from;
  }

  /// The index of the first control character, or `to`. Looks at eight octets at a time: a borrow
  /// can show one too many only above one that is there, and the lowest is taken.
  private static int control(byte[] octets, int from, int to) {
    int i = from;
    for (; i <= to - 8; i += 8) {
      long word = (long) EIGHT_OCTETS.get(octets, i);
      long low = (word - ONES * 0x20) & ~word;
      long del = word ^ (ONES * 0x7f);
      long found = (low | ((del - ONES) & ~del)) & HIGH_BITS;
      if (found != 0) {
        return i + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    for (; i < to; i++) {
      if ((octets[i] >= 0 && octets[i] < ' ') || octets[i] == 0x7f) {
        return i;
      }
    }
    return to;
  }
}
