package dev.heddle.http;

import java.nio.charset.StandardCharsets;

/// Percent-encoded octets (RFC 3986, section 2.1), taken for UTF-8.
final class PercentCoding {
  private PercentCoding() {}

  /// Whether a percent sign and two hexadecimal digits stand at `at`.
  static boolean isEncoded(byte[] octets, int at, int to) {
    return at + 2 < to
        && Grammar.hex(octets[at + 1] & 0xff) >= 0
        && Grammar.hex(octets[at + 2] & 0xff) >= 0;
  }

  /// Decodes a part of a text of ASCII. What is no UTF-8 becomes U+FFFD; a percent sign that
  /// encodes nothing stays, as browsers send it.
  ///
  /// @param form whether a plus sign is a space, as in forms and queries
  static String decode(String text, int from, int to, boolean form) {
    int i = from;
    while (i < to && text.charAt(i) != '%' && !(form && text.charAt(i) == '+')) {
      i++;
    }
    if (i == to) {
      return text.substring(from, to);
    }
    byte[] octets = text.substring(from, to).getBytes(StandardCharsets.UTF_8);
    int length = 0;
    for (int at = 0; at < octets.length; at++) {
      byte octet = octets[at];
      if (octet == '%' && isEncoded(octets, at, octets.length)) {
        octet = (byte) (Grammar.hex(octets[at + 1]) << 4 | Grammar.hex(octets[at + 2]));
        at += 2;
      } else if (octet == '+' && form) {
        octet = ' ';
      }
      octets[length++] = octet;
    }
    return new String(octets, 0, length, StandardCharsets.UTF_8);
  }
}
