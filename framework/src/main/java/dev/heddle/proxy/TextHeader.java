package dev.heddle.proxy;

import dev.heddle.Networks;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/// Version 1, a line of text (section 2.1):
///
/// ```
///   PROXY TCP4 192.0.2.1 198.51.100.1 56324 443 CR LF
///   PROXY UNKNOWN ... CR LF
/// ```
final class TextHeader {
  /// The longest line, its end included.
  static final int LONGEST = 107;

  private static final Pattern PORT = Pattern.compile("0|[1-9]\\d{0,4}");
  private static final String IPV4 = "TCP4";
  private static final String IPV6 = "TCP6";
  private static final String UNKNOWN = "UNKNOWN";
  private static final int WORDS = 6;

  private TextHeader() {}

  /// Reads a line, if it has come.
  ///
  /// @param unread begins with `PROXY` and a space
  static Heading read(ByteBuffer unread) throws ProxyProtocolException {
    int end = lineEnd(unread);
    if (end < 0) {
      return new Heading.Incomplete();
    }
    byte[] line = new byte[end];
    unread.get(unread.position(), line);
    return parse(new String(line, StandardCharsets.ISO_8859_1), end + 2);
  }

  /// Where the CR stands, or -1 if it has not come.
  private static int lineEnd(ByteBuffer unread) throws ProxyProtocolException {
    int limit = Math.min(unread.remaining(), LONGEST);
    for (int i = 0; i < limit; i++) {
      byte octet = unread.get(unread.position() + i);
      if (octet == '\n') {
        throw new ProxyProtocolException("the line ends without a CR");
      }
      if (octet == '\r' && i + 1 < limit) {
        if (unread.get(unread.position() + i + 1) != '\n') {
          throw new ProxyProtocolException("a CR without LF");
        }
        return i;
      }
    }
    if (limit == LONGEST) {
      throw new ProxyProtocolException("the line is too long");
    }
    return -1;
  }

  private static Heading parse(String line, int length) throws ProxyProtocolException {
    String[] words = line.split(" ", -1);
    if (words[1].equals(UNKNOWN)) {
      return new Heading.Present(length, false, null, Map.of(), null);
    }
    if (words.length != WORDS || !(words[1].equals(IPV4) || words[1].equals(IPV6))) {
      throw new ProxyProtocolException("the line is not that of version 1");
    }
    boolean ipv6 = words[1].equals(IPV6);
    Heading.Ends ends =
        new Heading.Ends(address(words[2], words[4], ipv6), address(words[3], words[5], ipv6));
    return new Heading.Present(length, false, ends, Map.of(), null);
  }

  private static InetSocketAddress address(String figures, String port, boolean ipv6)
      throws ProxyProtocolException {
    InetAddress address = figures.contains(":") == ipv6 ? Networks.parseAddress(figures) : null;
    if (address == null) {
      throw new ProxyProtocolException("an address is not of its family");
    }
    int number = PORT.matcher(port).matches() ? Integer.parseInt(port) : Integer.MAX_VALUE;
    if (number > 0xffff) {
      throw new ProxyProtocolException("a port is no number from 0 to 65535");
    }
    return new InetSocketAddress(address, number);
  }
}
