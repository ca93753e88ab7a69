package dev.heddle.launcher;

import dev.heddle.ConnectionHandler;
import dev.heddle.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A place to listen on, as a command line names it.
sealed interface ListenAddress {

  /// Has a server listen there.
  void addTo(Server.Builder server, ConnectionHandler handler);

  /// A host and a port of it.
  ///
  /// @param host a name or an address, without brackets
  record Inet(String host, int port) implements ListenAddress {
    @Override
    public void addTo(Server.Builder server, ConnectionHandler handler) {
      server.listen(resolve("--listen"), handler);
    }

    /// @param flag that named the host
    InetSocketAddress resolve(String flag) {
      try {
        if (host.isBlank()) {
          throw new UnknownHostException("blank");
        }
        return new InetSocketAddress(InetAddress.getByName(host), port);
      } catch (UnknownHostException e) {
        throw LaunchException.environment(
            ("%s is '%s': no such host; expected a name or address of this machine, or 0.0.0.0 for"
                    + " all")
                .formatted(flag, host));
      }
    }
  }

  /// A Unix domain socket.
  ///
  /// @param permissions of its file; null: what the process gives to new files
  record Unix(UnixDomainSocketAddress address, @Nullable Set<PosixFilePermission> permissions)
      implements ListenAddress {
    @Override
    public void addTo(Server.Builder server, ConnectionHandler handler) {
      if (permissions == null) {
        server.listen(address, handler);
      } else {
        server.listen(address, permissions, handler);
      }
    }
  }

  /// The socket that the process was started with as its standard input: see
  /// [System#inheritedChannel()].
  record Inherited() implements ListenAddress {
    @Override
    public void addTo(Server.Builder server, ConnectionHandler handler) {
      server.listen(channel(), handler);
    }

    private static ServerSocketChannel channel() {
      try {
        Channel inherited = System.inheritedChannel();
        if (inherited instanceof ServerSocketChannel channel) {
          return channel;
        }
        throw LaunchException.environment(
            inherited == null
                ? "--listen is 'inherited': standard input is no socket; under systemd, say"
                    + " StandardInput=socket"
                : "--listen is 'inherited': standard input is a socket that does not listen; under"
                    + " systemd, say Accept=no");
      } catch (IOException e) {
        throw LaunchException.environment("--listen is 'inherited': " + e.getMessage());
      }
    }
  }
}
