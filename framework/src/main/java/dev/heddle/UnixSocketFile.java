package dev.heddle;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The file that a Unix domain socket is bound to (unix(7)). The system leaves it behind when a
/// server ends, and then refuses to bind there again: so what a dead server left is removed, and
/// nothing else is.
final class UnixSocketFile {
  /// The bits of a file's mode that tell its kind, and those of a socket (inode(7)).
  private static final int KIND = 0170000;

  private static final int SOCKET = 0140000;

  private final Path path;

  /// What tells the file from another of its name.
  private @Nullable Object key;

  private UnixSocketFile(Path path) {
    this.path = path;
  }

  /// Makes way for a socket.
  ///
  /// @throws BindException if the place is taken, saying by what
  static UnixSocketFile claim(UnixDomainSocketAddress address) throws IOException {
    Path path = address.getPath();
    if (path.toString().isEmpty()) {
      throw new BindException("a socket that clients are to find needs a path");
    }
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new BindException("there is no directory " + folder + "; make it first");
    }
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      removeIfStale(address);
    }
    return new UnixSocketFile(path);
  }

  private static void removeIfStale(UnixDomainSocketAddress address) throws IOException {
    Path path = address.getPath();
    if (!isSocket(path)) {
      throw new BindException(
          "the file there is not a socket; remove it yourself, or choose another path");
    }
    if (isServed(address)) {
      throw new BindException(
          "another process serves this socket; end that first, or choose another path");
    }
    Files.deleteIfExists(path);
  }

  private static boolean isSocket(Path path) throws IOException {
    Object mode = Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    return ((Integer) mode & KIND) == SOCKET;
  }

  /// Whether somebody listens. Never waits: whose backlog is full is there, too.
  private static boolean isServed(UnixDomainSocketAddress address) throws IOException {
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      probe.configureBlocking(false);
      probe.connect(address);
      return true;
    } catch (ConnectException e) {
      return false;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new BindException("can't tell whether this socket is served: " + e.getMessage());
    }
  }

  /// Binds a socket that only some may connect to. The system lets a socket be reached from the
  /// moment it is bound: whoever came before its permissions were set is turned away.
  static ServerSocketChannel bind(
      UnixDomainSocketAddress address, int backlog, Set<PosixFilePermission> permissions)
      throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(address, backlog);
      Files.setPosixFilePermissions(address.getPath(), permissions);
      channel.configureBlocking(false);
      for (SocketChannel early; (early = channel.accept()) != null; ) {
        early.close();
      }
      channel.configureBlocking(true);
      return channel;
    } catch (Throwable e) {
      channel.close();
      throw e;
    }
  }

  /// Takes the file that is there now to be ours.
  void own() throws IOException {
    key = key();
  }

  /// Removes the file, unless another server has put its own there meanwhile. The system frees the
  /// name for nobody.
  void remove() {
    try {
      if (key != null && key.equals(key())) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // it is gone, or not ours to remove
    }
  }

  private @Nullable Object key() throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }
}
