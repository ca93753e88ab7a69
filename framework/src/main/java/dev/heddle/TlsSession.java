package dev.heddle;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What both ends of a connection have agreed on in a TLS handshake.
///
/// @param protocol as the JDK names it: `TLSv1.3` or `TLSv1.2`
/// @param cipherSuite as the IANA names it: `TLS_AES_128_GCM_SHA256`
/// @param serverName the host that the client asked for (SNI, RFC 6066, section 3), or null
/// @param applicationProtocol the protocol that was negotiated (ALPN, RFC 7301), or null
/// @param peerCertificates the client's certificate, verified, with its issuers behind it; empty if
///   it showed none
/// @param resumed whether an earlier session was resumed: then nobody showed a certificate again,
///   and `peerCertificates` are those of that session
public record TlsSession(
    String protocol,
    String cipherSuite,
    @Nullable String serverName,
    @Nullable String applicationProtocol,
    List<X509Certificate> peerCertificates,
    boolean resumed) {

  /// Keeps a copy of the certificates' list.
  public TlsSession {
    peerCertificates = List.copyOf(peerCertificates);
  }
}
