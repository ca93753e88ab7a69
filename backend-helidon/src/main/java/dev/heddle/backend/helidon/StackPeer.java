package dev.heddle.backend.helidon;

import io.helidon.common.socket.PeerInfo;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.Principal;
import java.security.cert.Certificate;
import java.util.Optional;

/// One end of a connection, in Helidon's words.
record StackPeer(SocketAddress address) implements PeerInfo {
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
    return Optional.empty();
  }

  @Override
  public Optional<Certificate[]> tlsCertificates() {
    return Optional.empty();
  }
}
