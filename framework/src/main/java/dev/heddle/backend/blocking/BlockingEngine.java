package dev.heddle.backend.blocking;

import dev.heddle.Backend.Engine;
import dev.heddle.Backend.Listener;
import dev.heddle.Connection;
import dev.heddle.ConnectionScope;
import dev.heddle.ServerOptions;
import dev.heddle.Transport;
import dev.heddle.backend.Acceptor;
import dev.heddle.backend.JdkPoller;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/// The engine of all backends that let the JDK block: they differ in their threads alone.
final class BlockingEngine implements Engine {
  private final ServerOptions options;
  private final String description;
  private final Transports transports;
  private final Executor threads;
  private final Runnable stop;

  /// How a channel becomes a transport.
  @FunctionalInterface
  interface Transports {
    Transport over(SocketChannel channel) throws IOException;
  }

  /// An engine that is ready to listen.
  ///
  /// @param threads runs each connection, on a thread that is its own until it ends
  /// @param stop ends the threads
  BlockingEngine(
      ServerOptions options,
      String description,
      Transports transports,
      Executor threads,
      Runnable stop) {
    this.options = options;
    this.description = description;
    this.transports = transports;
    this.threads = threads;
    this.stop = stop;
    JdkPoller.start();
  }

  @Override
  public Listener listen(SocketAddress address, ConnectionScope scope) throws IOException {
    return Acceptor.start(address, options, scope, channel -> serve(channel, scope));
  }

  @Override
  public Listener listen(ServerSocketChannel channel, ConnectionScope scope) throws IOException {
    return Acceptor.start(channel, options, scope, accepted -> serve(accepted, scope));
  }

  private void serve(SocketChannel channel, ConnectionScope scope) throws IOException {
    Connection connection = scope.admit(transports.over(channel));
    if (connection == null) {
      return;
    }
    try {
      threads.execute(new Service(scope, connection));
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      scope.abandon(connection);
    }
  }

  /// A connection that waits for its thread, or has it.
  record Service(ConnectionScope scope, Connection connection) implements Runnable {
    @Override
    public void run() {
      scope.run(connection);
    }

    /// Gives the connection up, as no thread will come.
    void abandon() {
      scope.abandon(connection);
    }
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public void close() {
    stop.run();
  }
}
