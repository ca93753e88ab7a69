package dev.heddle.backend;

import dev.heddle.Backend;
import dev.heddle.ConnectionScope;
import dev.heddle.Peer;
import dev.heddle.ServerOptions;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// A listener of any engine: one platform thread that accepts, sets socket options, and hands each
/// channel, in blocking mode, to the engine.
///
/// It survives what `accept` may throw at it. When descriptors have run out it backs off for a
/// moment, says so once a second, and accepts again as soon as there are some.
public final class Acceptor implements Backend.Listener {
  private static final Logger LOG = System.getLogger("dev.heddle.accept");
  private static final long BACK_OFF_NANOS = 20_000_000;
  private static final Duration LONGEST_END = Duration.ofSeconds(1);

  /// Takes each channel that was accepted.
  @FunctionalInterface
  public interface Taker {
    /// Takes a channel, and from then on owns it.
    ///
    /// @throws IOException if the peer has left meanwhile
    void accept(SocketChannel channel) throws IOException;
  }

  private final ServerSocketChannel listener;
  private final SocketAddress localAddress;
  private final ServerOptions options;
  private final AcceptFailures failures;
  private final Taker engine;
  private final Thread thread;
  private volatile boolean closed;

  private Acceptor(
      ServerSocketChannel listener, ServerOptions options, ConnectionScope scope, Taker engine)
      throws IOException {
    this.listener = listener;
    this.localAddress = listener.getLocalAddress();
    this.options = options;
    this.failures = new AcceptFailures(scope, localAddress);
    this.engine = engine;
    this.thread =
        Thread.ofPlatform()
            .name("heddle-accept-" + Peer.format(localAddress))
            .daemon(false)
            .unstarted(this::run);
  }

  /// Binds and starts to accept.
  ///
  /// @param engine takes each channel, is called on the acceptor's thread and must not block; a
  ///   channel for which it throws is closed
  public static Acceptor start(
      SocketAddress address, ServerOptions options, ConnectionScope scope, Taker engine)
      throws IOException {
    ServerSocketChannel listener =
        address instanceof UnixDomainSocketAddress
            ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
            : ServerSocketChannel.open();
    try {
      Sockets.configure(listener, options.sockets());
      listener.bind(address, options.backlog());
      return start(listener, options, scope, engine);
    } catch (Throwable e) {
      listener.close();
      throw e;
    }
  }

  /// Starts to accept on a socket that is bound, in blocking mode; closes it if that fails.
  ///
  /// @param engine as above
  public static Acceptor start(
      ServerSocketChannel listener, ServerOptions options, ConnectionScope scope, Taker engine)
      throws IOException {
    try {
      Acceptor acceptor = new Acceptor(listener, options, scope, engine);
      acceptor.thread.start();
      return acceptor;
    } catch (Throwable e) {
      listener.close();
      throw e;
    }
  }

  @Override
  public SocketAddress localAddress() {
    return localAddress;
  }

  private void run() {
    while (!closed) {
      try {
        take(listener.accept());
      } catch (ClosedChannelException e) {
        return;
      } catch (Throwable e) {
        // Nothing may end this thread but close(), or the listener would be lost.
        failures.report(e);
        LockSupport.parkNanos(BACK_OFF_NANOS);
      }
    }
  }

  private void take(SocketChannel channel) throws IOException {
    try {
      Sockets.configure(channel, options.sockets());
      engine.accept(channel);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the peer left before it was served", e);
      channel.close();
    } catch (Throwable e) {
      LOG.log(Level.ERROR, "a connection could not be served", e);
      channel.close();
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      listener.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "closing the listener", e);
    }
    LockSupport.unpark(thread);
    awaitEnd();
  }

  /// Waits for the thread, so that no connection is admitted after the drain has looked for all,
  /// whatever interrupts come. Not for ever, as observers are called on that thread too.
  private void awaitEnd() {
    if (!Thread.currentThread().equals(thread)) {
      Uninterrupted.join(thread, LONGEST_END);
    }
  }
}
