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
    ServerProcess server = ServerProcess.start(command, port, log);
    running.add(server);
    if (closed) {
      server.close(); // closed while this one started
    }
    try {
      server.awaitListening();
      return server;
    } catch (IOException failure) {
      stop(server);
      throw failure;
    }
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
    closed = true;
    running.forEach(ServerProcess::close);
    running.clear();
  }
}
