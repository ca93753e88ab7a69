package dev.heddle.backend.helidon;

import dev.heddle.ConnectionScope;
import dev.heddle.Peer;
import dev.heddle.ServerOptions;
import dev.heddle.backend.Sockets;
import dev.heddle.backend.Uninterrupted;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A web server of Helidon's with one listener and no HTTP: every connection is ours.
final class HostedServer {
  private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

  private final Reception reception;
  private final Stop stop = new Stop();
  private final WebServer server;
  private final SocketAddress localAddress;

  /// What Helidon listens with; told before it is bound.
  private volatile @Nullable ServerSocketChannel listener;

  /// The thread on which Helidon accepts, once it has. Written by itself.
  private volatile @Nullable Thread accepting;

  /// Whether the connection that stays has been found.
  private final AtomicBoolean hasWitness = new AtomicBoolean();

  private final CountDownLatch ended = new CountDownLatch(1);

  private HostedServer(
      SocketAddress address, ServerOptions options, ConnectionScope scope, Reception reception)
      throws IOException {
    this.reception = reception;
    server =
        WebServer.create(
            new ListenerSettings(channel -> listener = channel)
                .hosting(address, options, new SoleSelector(scope, this))
                .connectionOptions(
                    new ConnectionSettings(options.sockets(), this::accepted).buildPrototype())
                .buildPrototype());
    server.start();
    localAddress = boundAddress(address);
  }

  /// Binds and starts to accept.
  ///
  /// @throws IOException if the address can't be bound, with the system's reason
  static HostedServer start(
      SocketAddress address, ServerOptions options, ConnectionScope scope, Reception reception)
      throws IOException {
    tryToBind(address, options);
    return new HostedServer(address, options, scope, reception);
  }

  /// Where Helidon can't bind, it logs a stack trace, goes on, and keeps the reason to itself.
  private static void tryToBind(SocketAddress address, ServerOptions options) throws IOException {
    try (ServerSocketChannel channel =
        address instanceof UnixDomainSocketAddress
            ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
            : ServerSocketChannel.open()) {
      Sockets.configure(channel, options.sockets());
      channel.bind(address, options.backlog());
    }
    if (address instanceof UnixDomainSocketAddress unix) {
      Files.deleteIfExists(unix.getPath());
    }
  }

  private SocketAddress boundAddress(SocketAddress address) throws IOException {
    ServerSocketChannel channel = listener;
    if (channel == null || !server.isRunning()) {
      if (channel != null) {
        channel.close();
      }
      throw new IOException("Helidon could not listen on " + Peer.format(address));
    }
    return Objects.requireNonNull(channel.getLocalAddress());
  }

  SocketAddress localAddress() {
    return localAddress;
  }

  /// Called by Helidon on its accepting thread.
  private void accepted(SocketChannel channel) {
    accepting = Thread.currentThread();
    try {
      reception.take(channel);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (CancellationException e) {
      if (reception.isClosed()) {
        stop.hold();
      }
      throw e;
    }
  }

  /// Whether it accepts. Helidon's listener ends for good when accepting has failed once.
  boolean isListening() {
    Thread thread = accepting;
    ServerSocketChannel channel = listener;
    return channel != null && channel.isOpen() && (thread == null || thread.isAlive());
  }

  /// Called on the thread of a connection that is over, its socket closed. The first one stays
  /// until the listener ends: a listener tells its connections when it does, and there must be one
  /// to be told, or it would wait for itself for ever.
  void connectionEnded() {
    if (hasWitness.compareAndSet(false, true)) {
      try {
        ended.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Helidon ends a connection. It does so for all of them when it is asked to stop, which is no
  /// news: the drain is ours. But it does so, too, when its listener has failed, and would then
  /// wait for all to end and thereafter, on its own thread, for itself. So that thread ends here,
  /// and the connections go on.
  void connectionEndedByHelidon() {
    ended.countDown();
    Thread self = Thread.currentThread();
    if (self.equals(accepting)) {
      self.setUncaughtExceptionHandler((_, _) -> {});
      throw new IllegalStateException("the listener has failed: its connections go on");
    }
  }

  /// Stops accepting and frees the address; connections stay. To be called when the reception is
  /// closed. Idempotent; no interrupt cuts it short.
  void close() {
    ServerSocketChannel channel = Objects.requireNonNull(listener);
    if (channel.isOpen()) {
      Thread stopper =
          Thread.ofPlatform()
              .daemon()
              .name("heddle-helidon-stop-" + Peer.format(localAddress))
              .start(() -> stop.run(server, channel));
      Uninterrupted.join(stopper, LONGEST_STOP);
    } else {
      stop.run(server, channel); // has nothing to wait for
    }
    ended.countDown();
  }
}
