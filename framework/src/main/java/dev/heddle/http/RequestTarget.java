package dev.heddle.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a request asks for, in one of four forms (RFC 9112, section 3.2). Immutable; its parts are
/// decoded when they are asked for.
///
/// Accepted are the characters of RFC 3986 and those few that browsers send unencoded. A percent
/// sign in the path encodes an octet, and none encodes NUL.
public final class RequestTarget {

  /// The forms of a target.
  public enum Form {
    /// `/where?q=now`: the path on this server.
    ORIGIN,
    /// `http://www.example.org/where?q=now`: as sent to proxies.
    ABSOLUTE,
    /// `www.example.com:80`: of CONNECT only.
    AUTHORITY,
    /// `*`: of OPTIONS only; the server as a whole.
    ASTERISK
  }

  private final String text;
  private final Form form;
  private final int authorityStart;
  private final int pathStart;
  private final int pathEnd;

  private @Nullable List<String> segments;
  private @Nullable Parameters parameters;

  private RequestTarget(String text, Form form, int authorityStart, int pathStart, int pathEnd) {
    this.text = text;
    this.form = form;
    this.authorityStart = authorityStart;
    this.pathStart = pathStart;
    this.pathEnd = pathEnd;
  }

  /// Checks and takes the target of a request line.
  static RequestTarget parse(String method, byte[] octets, int from, int to)
      throws ProtocolException {
    if (method.equals("CONNECT")) {
      return authority(octets, from, to);
    }
    if (octets[from] == '/') {
      int end = checkPathAndQuery(octets, from, to);
      return new RequestTarget(text(octets, from, to), Form.ORIGIN, 0, 0, end - from);
    }
    if (octets[from] == '*' && to - from == 1 && method.equals("OPTIONS")) {
      return new RequestTarget("*", Form.ASTERISK, 0, 0, 1);
    }
    return absolute(octets, from, to);
  }

  private static RequestTarget authority(byte[] octets, int from, int to) throws ProtocolException {
    if (!Authority.isValid(octets, from, to, true)) {
      throw malformed();
    }
    return new RequestTarget(text(octets, from, to), Form.AUTHORITY, 0, to - from, to - from);
  }

  private static RequestTarget absolute(byte[] octets, int from, int to) throws ProtocolException {
    int colon = from;
    while (colon < to && octets[colon] != ':') {
      colon++;
    }
    boolean http =
        Grammar.equalsIgnoreCase(octets, from, colon, "http")
            || Grammar.equalsIgnoreCase(octets, from, colon, "https");
    int start = colon + 3;
    if (!http || start >= to || octets[colon + 1] != '/' || octets[colon + 2] != '/') {
      throw malformed();
    }
    int path = start;
    while (path < to && octets[path] != '/' && octets[path] != '?') {
      path++;
    }
    if (!Authority.isValid(octets, start, path, false)) {
      throw malformed();
    }
    int end = checkPathAndQuery(octets, path, to);
    return new RequestTarget(
        text(octets, from, to), Form.ABSOLUTE, start - from, path - from, end - from);
  }

  /// @return the end of the path
  private static int checkPathAndQuery(byte[] octets, int from, int to) throws ProtocolException {
    int i = from;
    while (i < to && Grammar.isPath(octets[i])) {
      if (octets[i] == '%') {
        checkEncoded(octets, i, to);
      }
      i++;
    }
    int pathEnd = i;
    if (i < to && octets[i] == '?') {
      i++;
      while (i < to && Grammar.isQuery(octets[i])) {
        i++;
      }
    }
    if (i < to) {
      throw malformed();
    }
    return pathEnd;
  }

  private static void checkEncoded(byte[] octets, int at, int to) throws ProtocolException {
    if (!PercentCoding.isEncoded(octets, at, to)
        || (octets[at + 1] == '0' && octets[at + 2] == '0')) {
      throw malformed();
    }
  }

  private static ProtocolException malformed() {
    return ProtocolException.badRequest("a malformed request target");
  }

  private static String text(byte[] octets, int from, int to) {
    return new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
  }

  /// Which form it has.
  public Form form() {
    return form;
  }

  /// Host and port of the absolute and the authority form; null in the others.
  public @Nullable String authority() {
    return switch (form) {
      case ABSOLUTE, AUTHORITY -> text.substring(authorityStart, pathStart);
      case ORIGIN, ASTERISK -> null;
    };
  }

  /// The path as it was sent, still encoded: `/` at least; `*` of the asterisk form; empty of the
  /// authority form. Dot segments are not resolved.
  public String path() {
    if (pathStart == pathEnd && form == Form.ABSOLUTE) {
      return "/";
    }
    return text.substring(pathStart, pathEnd);
  }

  /// The decoded segments of the path: of `/a%2Fb/c` they are `a/b` and `c`, of `/` one that is
  /// empty. None in the asterisk and the authority form.
  public List<String> segments() {
    List<String> known = segments;
    if (known == null) {
      known = split();
      segments = known;
    }
    return known;
  }

  private List<String> split() {
    if (form == Form.AUTHORITY || form == Form.ASTERISK) {
      return List.of();
    }
    String path = path();
    List<String> list = new ArrayList<>(4);
    for (int from = 1; from <= path.length(); ) {
      int found = path.indexOf('/', from);
      int to = found < 0 ? path.length() : found;
      list.add(PercentCoding.decode(path, from, to, false));
      from = to + 1;
    }
    return Collections.unmodifiableList(list);
  }

  /// The query as it was sent, still encoded, without its question mark; empty if there is none.
  public String query() {
    return pathEnd < text.length() ? text.substring(pathEnd + 1) : "";
  }

  /// The decoded parameters of the query.
  public Parameters parameters() {
    Parameters known = parameters;
    if (known == null) {
      known = Parameters.parse(query());
      parameters = known;
    }
    return known;
  }

  /// Lets go of what can be made again: for who keeps the request for long.
  void forgetParts() {
    segments = null;
    parameters = null;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RequestTarget that && form == that.form && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /// The target as it was sent.
  @Override
  public String toString() {
    return text;
  }
}
