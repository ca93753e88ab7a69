package dev.heddle.tls;

import dev.heddle.TlsSession;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// Reads off an engine what its handshake has agreed on.
final class Sessions {
  private Sessions() {}

  /// @param start when the handshake began, in milliseconds of the system's clock: a session that
  ///   is older was resumed
  static TlsSession describe(SSLEngine engine, long start) {
    SSLSession session = engine.getSession();
    String protocol = engine.getApplicationProtocol();
    return new TlsSession(
        session.getProtocol(),
        session.getCipherSuite(),
        serverName(session),
        protocol == null || protocol.isEmpty() ? null : protocol,
        peerCertificates(engine, session),
        session.getCreationTime() < start);
  }

  /// The host that the client asks for, in lower case as it was sent, or null.
  static @Nullable String serverName(@Nullable SSLSession session) {
    if (session instanceof ExtendedSSLSession extended) {
      for (SNIServerName name : extended.getRequestedServerNames()) {
        if (name instanceof SNIHostName host) {
          return host.getAsciiName();
        }
      }
    }
    return null;
  }

  private static List<X509Certificate> peerCertificates(SSLEngine engine, SSLSession session) {
    if (!engine.getNeedClientAuth() && !engine.getWantClientAuth()) {
      return List.of(); // asking costs an exception
    }
    try {
      List<X509Certificate> chain = new ArrayList<>();
      for (Certificate certificate : session.getPeerCertificates()) {
        chain.add((X509Certificate) certificate);
      }
      return chain;
    } catch (SSLPeerUnverifiedException e) {
      return List.of();
    }
  }
}
