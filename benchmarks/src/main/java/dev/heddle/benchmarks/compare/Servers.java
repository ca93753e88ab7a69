package dev.heddle.benchmarks.compare;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Starts servers, and sees to it that all have ended when it is closed: from any thread.
final class Servers implements AutoCloseable {
  private final Pinning pinning;
  private final Path logs;
  private final Set<ServerProcess> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Servers(Pinning pinning, Path logs) {
    this.pinning = pinning;
    this.logs = logs;
  }

  /// Starts a server on a free port and returns when it listens.
  ///
  /// @param purpose part of the log's name
  /// @throws IOException when it does not come to listen
  ServerProcess start(Contender contender, List<String> jvmOptions, String purpose)
      throws IOException {
    Files.createDirectories(logs);
    int port = freePort();
    List<String> command = new ArrayList<>(pinning.prefix());
    command.addAll(contender.command(jvmOptions, port));
    Path log = logs.resolve(purpose + "-" + contender.fileName() + ".log");
    ServerProcess server = start(command, port, log);
    try {
      server.awaitListening();
      return server;
    } catch (IOException failure) {
      stop(server);
      throw failure;
    }
  }

  /// Under the lock, so that closing knows of all that were started.
  private synchronized ServerProcess start(List<String> command, int port, Path log)
      throws IOException {
    if (closed) {
      throw new IOException("interrupted");
    }
    ServerProcess server = ServerProcess.start(command, port, log);
    running.add(server);
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  void stop(ServerProcess server) {
    server.close();
    running.remove(server);
  }

  /// Whether [#close()] has been called: nothing can be measured any more.
  boolean closed() {
    return closed;
  }

  @Override
  public void close() {
    List<ServerProcess> last = seal();
    last.forEach(ServerProcess::end); // all at once, as each may take its time
    last.forEach(ServerProcess::close);
  }

  private synchronized List<ServerProcess> seal() {
    closed = true;
    List<ServerProcess> last = List.copyOf(running);
    running.clear();
    return last;
  }
}
