package dev.heddle;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import org.jspecify.annotations.Nullable;

/// The two ends of a connection. If a proxy that is trusted speaks for a client, they are those of
/// the client's connection, and [ProxyHeader#sender()] are those of the proxy's.
///
/// @param remote the address of the other side
/// @param local the address of this side
/// @param proxy what a proxy has told of the connection; null: there is none, or it tells nothing
public record Peer(SocketAddress remote, SocketAddress local, @Nullable ProxyHeader proxy) {

  /// The ends of a connection without a proxy.
  public Peer(SocketAddress remote, SocketAddress local) {
    this(remote, local, null);
  }

  /// The IP address of the other side, or null where it has none (a pipe, a Unix domain socket).
  public @Nullable InetAddress remoteInetAddress() {
    return remote instanceof InetSocketAddress inet ? inet.getAddress() : null;
  }

  /// The remote address as it is written in logs: `192.0.2.1:4711`, `[2001:db8::1]:4711`.
  @Override
  public String toString() {
    return format(remote);
  }

  /// Writes an address without the host name or slash that [InetSocketAddress#toString()] adds, and
  /// that of a Unix domain socket as `unix:/path`. Its clients mostly have no path: `unix:`.
  public static String format(SocketAddress address) {
    if (address instanceof UnixDomainSocketAddress) {
      return "unix:" + address;
    }
    if (!(address instanceof InetSocketAddress inet)) {
      return address.toString();
    }
    if (inet.getAddress() == null) {
      return inet.getHostString() + ":" + inet.getPort();
    }
    String host = inet.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + inet.getPort();
  }
}
