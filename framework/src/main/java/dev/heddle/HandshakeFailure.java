package dev.heddle;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Why a TLS handshake came to nothing, for counters and events: a word of ours, and nothing of
/// what the peer has sent.
public enum HandshakeFailure {
  /// The handshake was begun, and not finished in time.
  TIMEOUT,

  /// The peer left, or the network broke, in the middle.
  PEER_LEFT,

  /// The peer spoke HTTP in the clear.
  PLAIN_HTTP,

  /// What came was no TLS, or broke its rules.
  MALFORMED,

  /// There is no version, cipher suite or application protocol that both sides speak.
  NO_COMMON_GROUND,

  /// The peer's certificate is missing, not trusted, or expired.
  CERTIFICATE,

  /// The peer refused, mostly as it does not trust our certificate.
  REFUSED_BY_PEER,

  /// Something went wrong on our side.
  INTERNAL;

  /// How the JDK tells the alert that was sent or received (RFC 8446, section 6).
  private static final Pattern ALERT = Pattern.compile("^\\((\\w+)\\) (Received fatal alert)?");

  private static final Set<String> OF_AGREEMENT =
      Set.of(
          "handshake_failure",
          "protocol_version",
          "insufficient_security",
          "inappropriate_fallback",
          "unrecognized_name",
          "no_application_protocol");

  /// What a handshake threw, in a word.
  static HandshakeFailure of(IOException cause) {
    if (cause instanceof SocketTimeoutException) {
      return TIMEOUT;
    }
    return cause instanceof SSLException ? ofAlert(cause.getMessage()) : PEER_LEFT;
  }

  private static HandshakeFailure ofAlert(@Nullable String message) {
    Matcher alert = ALERT.matcher(message == null ? "" : message);
    if (!alert.find()) {
      return MALFORMED;
    }
    if (alert.group(2) != null) {
      return REFUSED_BY_PEER;
    }
    String name = alert.group(1);
    if (OF_AGREEMENT.contains(name)) {
      return NO_COMMON_GROUND;
    }
    if (name.contains("certificate") || name.equals("unknown_ca")) {
      return CERTIFICATE;
    }
    return name.equals("internal_error") ? INTERNAL : MALFORMED;
  }
}
