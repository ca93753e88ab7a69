package dev.heddle.http;

/// Checks the host and port of a `Host` field or a request target (RFC 9110, section 7.2; RFC 3986,
/// section 3.2).
final class Authority {
  private Authority() {}

  /// Whether the octets are a host, with a port or without. User information is none of it.
  ///
  /// @param needsPort as in the authority form, where the port is all the client means
  static boolean isValid(byte[] octets, int from, int to, boolean needsPort) {
    int end =
        from < to && octets[from] == '[' ? literalEnd(octets, from, to) : nameEnd(octets, from, to);
    if (end <= from) {
      return false;
    }
    return end == to ? !needsPort : octets[end] == ':' && isPort(octets, end + 1, to, needsPort);
  }

  /// Behind the bracket of an IPv6 address, or -1.
  private static int literalEnd(byte[] octets, int from, int to) {
    int i = from + 1;
    while (i < to && (Grammar.hex(octets[i] & 0xff) >= 0 || octets[i] == ':' || octets[i] == '.')) {
      i++;
    }
    return i > from + 2 && i < to && octets[i] == ']' ? i + 1 : -1;
  }

  /// Behind a name or an IPv4 address, or -1.
  private static int nameEnd(byte[] octets, int from, int to) {
    int i = from;
    while (i < to && Grammar.isHost(octets[i])) {
      if (octets[i] == '%' && !PercentCoding.isEncoded(octets, i, to)) {
        return -1;
      }
      i++;
    }
    return i;
  }

  private static boolean isPort(byte[] octets, int from, int to, boolean needed) {
    if (from == to) {
      return !needed;
    }
    int port = 0;
    for (int i = from; i < to; i++) {
      if (!Grammar.isDigit(octets[i])) {
        return false;
      }
      port = port * 10 + octets[i] - '0';
      if (port > 65_535) {
        return false;
      }
    }
    return true;
  }
}
