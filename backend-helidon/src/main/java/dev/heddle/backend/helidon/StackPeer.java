package dev.heddle.backend.helidon;

import dev.heddle.Connection;
import dev.heddle.TlsSession;
import io.helidon.common.socket.PeerInfo;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.Principal;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/// One end of a connection, in Helidon's words.
///
/// @param certificates what it has shown of itself within TLS, its own first
record StackPeer(SocketAddress address, List<X509Certificate> certificates) implements PeerInfo {

  static StackPeer remote(Connection connection) {
    TlsSession tls = connection.tls();
    return new StackPeer(
        connection.peer().remote(), tls == null ? List.of() : tls.peerCertificates());
  }

  static StackPeer local(Connection connection) {
    return new StackPeer(connection.peer().local(), List.of());
  }

  @Override
  public String host() {
    return address instanceof InetSocketAddress inet ? inet.getHostString() : address.toString();
  }

  @Override
  public int port() {
    return address instanceof InetSocketAddress inet ? inet.getPort() : -1;
  }

  @Override
  public Optional<Principal> tlsPrincipal() {
    return certificates.stream().findFirst().map(X509Certificate::getSubjectX500Principal);
  }

  @Override
  public Optional<Certificate[]> tlsCertificates() {
    return certificates.isEmpty()
        ? Optional.empty()
        : Optional.of(certificates.toArray(Certificate[]::new));
  }
}
