package dev.heddle.tls;

/// Whether clients have to show a certificate (mutual TLS).
public enum ClientAuthentication {
  /// They are not asked.
  NONE,

  /// They are asked, and served without: the handler decides by
  /// [dev.heddle.TlsSession#peerCertificates()]. One that is shown must be trusted.
  WANT,

  /// Without one that is trusted, the handshake fails.
  NEED
}
