package dev.heddle;

import java.io.IOException;
import java.net.BindException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where a listener listens, and how an engine comes to do so.
sealed interface Binding {

  /// Binds, if that is still to be done, and has an engine accept.
  ///
  /// @param backlog as [ServerOptions#backlog()]
  Backend.Listener open(Backend.Engine engine, int backlog, ConnectionScope scope)
      throws IOException;

  /// Any address that the engine can bind.
  static Binding to(SocketAddress address) {
    return address instanceof UnixDomainSocketAddress unix
        ? new UnixSocket(unix, null)
        : new Address(address);
  }

  /// An address of the network.
  record Address(SocketAddress address) implements Binding {
    @Override
    public Backend.Listener open(Backend.Engine engine, int backlog, ConnectionScope scope)
        throws IOException {
      try {
        return engine.listen(address, scope);
      } catch (BindException e) {
        throw refused(address, e);
      }
    }
  }

  /// A socket that is bound already.
  record Channel(ServerSocketChannel channel) implements Binding {
    @Override
    public Backend.Listener open(Backend.Engine engine, int backlog, ConnectionScope scope)
        throws IOException {
      return engine.listen(channel, scope);
    }
  }

  /// A Unix domain socket, whose file is removed when the listener closes.
  ///
  /// @param permissions null: what the process gives to new files
  record UnixSocket(UnixDomainSocketAddress address, @Nullable Set<PosixFilePermission> permissions)
      implements Binding {
    @Override
    public Backend.Listener open(Backend.Engine engine, int backlog, ConnectionScope scope)
        throws IOException {
      try {
        UnixSocketFile file = UnixSocketFile.claim(address);
        Backend.Listener listener = listen(engine, backlog, scope);
        file.own();
        return new WithFile(listener, file);
      } catch (IOException e) {
        throw refused(address, e);
      }
    }

    private Backend.Listener listen(Backend.Engine engine, int backlog, ConnectionScope scope)
        throws IOException {
      if (permissions == null) {
        return engine.listen(address, scope);
      }
      ServerSocketChannel channel = UnixSocketFile.bind(address, backlog, permissions);
      try {
        return engine.listen(channel, scope);
      } catch (Throwable e) {
        channel.close();
        Files.deleteIfExists(address.getPath());
        throw e;
      }
    }
  }

  private static BindException refused(SocketAddress address, IOException cause) {
    BindException refused = new BindException(Peer.format(address) + ": " + cause.getMessage());
    refused.initCause(cause);
    return refused;
  }

  /// A listener that leaves no file behind.
  record WithFile(Backend.Listener listener, UnixSocketFile file) implements Backend.Listener {
    @Override
    public SocketAddress localAddress() {
      return listener.localAddress();
    }

    /// The file goes first: who finds no socket knows at once, and tries elsewhere.
    @Override
    public void close() {
      file.remove();
      listener.close();
    }
  }
}
