package dev.heddle.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The first line of a request: method, target and version (RFC 9112, section 3). Immutable.
final class RequestLine {
  /// No method we know, or have heard of, is longer.
  private static final int MAX_METHOD = 32;

  private static final String[] METHODS = {
    "GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE"
  };

  private final byte[] octets;
  private final String method;
  private final RequestTarget target;
  private final int minorVersion;

  private RequestLine(byte[] octets, String method, RequestTarget target, int minorVersion) {
    this.octets = octets;
    this.method = method;
    this.target = target;
    this.minorVersion = minorVersion;
  }

  /// Parses a line.
  ///
  /// @param end where its CRLF stands
  static RequestLine parse(byte[] octets, int from, int end) throws ProtocolException {
    int methodEnd = from;
    while (methodEnd < end && Grammar.isToken(octets[methodEnd])) {
      methodEnd++;
    }
    if (methodEnd == from || methodEnd == end || octets[methodEnd] != ' ') {
      throw ProtocolException.badRequest("a malformed method");
    }
    int targetEnd = methodEnd + 1;
    while (targetEnd < end && octets[targetEnd] != ' ') {
      targetEnd++;
    }
    if (targetEnd == methodEnd + 1 || targetEnd == end) {
      throw ProtocolException.badRequest("a malformed request line");
    }
    int minorVersion = minorVersion(octets, targetEnd + 1, end);
    String method = method(octets, from, methodEnd);
    if (method.equals("TRACE")) {
      throw new ProtocolException(Status.NOT_IMPLEMENTED, "nothing is traced here");
    }
    RequestTarget target = RequestTarget.parse(method, octets, methodEnd + 1, targetEnd);
    return new RequestLine(Arrays.copyOfRange(octets, from, end + 2), method, target, minorVersion);
  }

  /// `HTTP/1.1`, in capitals, one digit each. A higher minor version is served as 1.1 (RFC 9110,
  /// section 2.5).
  private static int minorVersion(byte[] octets, int from, int end) throws ProtocolException {
    if (end - from != 8
        || octets[from] != 'H'
        || octets[from + 1] != 'T'
        || octets[from + 2] != 'T'
        || octets[from + 3] != 'P'
        || octets[from + 4] != '/'
        || !Grammar.isDigit(octets[from + 5])
        || octets[from + 6] != '.'
        || !Grammar.isDigit(octets[from + 7])) {
      throw ProtocolException.badRequest("a malformed version");
    }
    if (octets[from + 5] != '1') {
      throw new ProtocolException(Status.VERSION_NOT_SUPPORTED, "this server speaks HTTP/1.1");
    }
    return Math.min(octets[from + 7] - '0', 1);
  }

  private static String method(byte[] octets, int from, int to) throws ProtocolException {
    if (to - from > MAX_METHOD) {
      throw new ProtocolException(Status.NOT_IMPLEMENTED, "a method too long to be known");
    }
    for (String known : METHODS) {
      if (equals(octets, from, to, known)) {
        return known;
      }
    }
    return new String(octets, from, to - from, StandardCharsets.US_ASCII);
  }

  private static boolean equals(byte[] octets, int from, int to, String text) {
    if (to - from != text.length()) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (octets[i] != text.charAt(i - from)) {
        return false;
      }
    }
    return true;
  }

  /// A line that no peer has sent, for tests of handlers.
  static RequestLine of(String method, String target) {
    byte[] line = (method + " " + target + " HTTP/1.1\r\n").getBytes(StandardCharsets.UTF_8);
    try {
      return parse(line, 0, line.length - 2);
    } catch (ProtocolException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /// Whether `wire` holds this very line at `from`.
  boolean matches(byte[] wire, int from, int to) {
    int end = from + octets.length;
    return end <= to && Arrays.equals(wire, from, end, octets, 0, octets.length);
  }

  /// Its length with its line end, in octets.
  int length() {
    return octets.length;
  }

  String method() {
    return method;
  }

  RequestTarget target() {
    return target;
  }

  /// 0 or 1, of HTTP/1.0 or HTTP/1.1.
  int minorVersion() {
    return minorVersion;
  }
}
