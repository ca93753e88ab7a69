package dev.heddle;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The life of every connection of one listener, whatever engine moves its bytes: admission, the
/// handler, deadlines, drain, and the one place where all of it is given back.
///
/// A backend calls [#admit] when it has accepted, and then either [#run] on the thread that is the
/// connection's own, or [#abandon] if it can't start one. Any thread; only [#run] blocks.
public final class ConnectionScope {
  /// For how long a peer whose connection ended in good order may still send, in milliseconds.
  static final long LINGER_MILLIS = 2_000;

  /// For how long a handler may still write after its deadline has passed, in milliseconds.
  static final long LAST_WORDS_MILLIS = 2_000;

  /// For how long a peer that has been told that it was too slow has the connection left to it, in
  /// nanoseconds.
  private static final long LINGER_OVERDUE_NANOS = 1_000_000_000;

  private static final Logger LOG = System.getLogger("dev.heddle.connection");

  private final ConnectionHandler handler;
  private final Permits permits;
  private final ServerClock clock;
  private final Observer observer;
  private final Totals totals;
  private final Networks trustedProxies;
  private final long idleMillis;
  private final long writeMillis;
  private final long connectionMillis;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean draining;

  /// In milliseconds; of those above ten seconds it does not matter which is the shortest.
  private volatile long shortestLimit = 10_000;

  /// Written by the sweeper.
  private long lastSweep;

  ConnectionScope(
      ConnectionHandler handler,
      ServerOptions options,
      Permits permits,
      ServerClock clock,
      Totals totals,
      Observer observer) {
    this.handler = handler;
    this.permits = permits;
    this.clock = clock;
    this.totals = totals;
    this.observer = observer;
    this.trustedProxies = options.trustedProxies();
    this.idleMillis = options.idleTimeout().toMillis();
    this.writeMillis = options.writeTimeout().toMillis();
    this.connectionMillis = options.connectionTimeout().toMillis();
  }

  /// Takes a connection in, if the limits allow it.
  ///
  /// @param transport closed by this call if the connection is refused
  /// @return the connection, to be [#run] or [#abandon]ed; null if it was refused
  public @Nullable Connection admit(Transport transport) {
    Peer peer = transport.peer();
    InetAddress address = limited(peer);
    if (!permits.acquire(address)) {
      totals.refused.increment();
      transport.close();
      observer.connectionRefused(peer);
      return null;
    }
    Connection connection = new Connection(transport, this);
    connection.permitHolder = address;
    totals.accepted.increment();
    connections.add(connection);
    return connection;
  }

  /// The address for which the limits per address hold: that of a proxy is none, as they hold for
  /// those for whom it speaks.
  private @Nullable InetAddress limited(Peer peer) {
    return trustedProxies.contains(peer.remote()) ? null : peer.remoteInetAddress();
  }

  /// Passes the permit of a connection on to the peer that it turns out to be.
  ///
  /// @throws IOException if that one has as many as it may have
  void introduced(Connection connection) throws IOException {
    InetAddress address = limited(connection.peer());
    boolean granted = permits.pass(connection.permitHolder, address);
    connection.permitHolder = granted ? address : null;
    if (!granted) {
      totals.refused.increment();
      observer.connectionRefused(connection.peer());
      throw new IOException("there are as many connections from this address as may be");
    }
    observer.connectionIntroduced(connection);
  }

  /// Serves a connection on the calling thread: from its first byte to its last, or until others go
  /// on with it, as it was [handed over][Connection#handOver] or waits for its next
  /// [exchange][ExchangeHandler] without a thread.
  ///
  /// The frames below a waiting thread are copied whenever it goes on: hence no more work here than
  /// the handler's call.
  public void run(Connection connection) {
    serve(connection, null);
  }

  /// Goes on with a connection that was left until there is something to read.
  void resume(Connection connection, ExchangeService service) {
    serve(connection, service);
  }

  /// Serves a connection for as long as it is this thread's.
  ///
  /// @param successor who serves it now; null: the first, as it has just been opened
  private void serve(Connection connection, @Nullable ConnectionHandler successor) {
    boolean over = true;
    try {
      if (successor == null) {
        observer.connectionOpened(connection);
      }
      ConnectionHandler current = server(connection, successor != null ? successor : handler);
      while (current != null) {
        current.handle(connection);
        current = connection.takeSuccessor();
        if (current != null && passOn(connection, current)) {
          over = false;
          return;
        }
      }
      connection.finish();
    } catch (Throwable e) {
      ended(connection, e);
    } finally {
      if (over) {
        leave(connection);
      }
    }
  }

  /// Who serves a connection for a handler: between exchanges without a thread, where that can be.
  private ConnectionHandler server(Connection connection, ConnectionHandler handler)
      throws IOException {
    return handler instanceof ExchangeHandler protocol && connection.canWaitWithoutThread()
        ? new ExchangeService(this, connection, protocol.open(connection))
        : handler;
  }

  /// Has another thread go on, now or when there is something to read, if the engine can do that.
  ///
  /// @return false if this thread is to go on
  private boolean passOn(Connection connection, ConnectionHandler next) throws IOException {
    return next instanceof ExchangeService service
        ? connection.startThreadWhenReadable(service)
        : connection.startThread(() -> serve(connection, next));
  }

  private void ended(Connection connection, Throwable cause) {
    if (cause instanceof IOException) {
      LOG.log(Level.DEBUG, () -> "connection from " + connection.peer() + " ended: " + cause);
      return;
    }
    totals.failed.increment();
    observer.handlerFailed(connection, cause);
    LOG.log(
        Level.ERROR, "the handler of the connection from " + connection.peer() + " failed", cause);
  }

  private void leave(Connection connection) {
    connection.release();
    if (givePermitUp(connection)) {
      totals.take(connection, connections);
    }
    observer.connectionClosed(connection);
  }

  /// Closes a connection that was admitted and never [#run], for want of a thread. It has counted
  /// nothing, so a loop need not wait here.
  public void abandon(Connection connection) {
    connection.release();
    if (givePermitUp(connection)) {
      connections.remove(connection);
    }
    totals.refused.increment();
    observer.connectionRefused(connection.peer());
  }

  /// Reports that the listener could not accept, to whoever observes.
  public void acceptFailed(IOException cause) {
    totals.acceptFailures.increment();
    observer.acceptFailed(cause);
  }

  /// Reports that a handler has held a loop for too long, to whoever observes.
  public void loopStalled(String loop, Duration since) {
    observer.loopStalled(loop, since);
  }

  /// The first thing in which a connection leaves, so that who no longer sees it among the
  /// [#connections] can have its place.
  ///
  /// @return false if it has done so before
  private boolean givePermitUp(Connection connection) {
    if (connection.hasLeft) {
      return false;
    }
    connection.hasLeft = true;
    permits.release(connection.permitHolder);
    return true;
  }

  /// The moment `limitMillis` from now, in milliseconds of the clock; never, if the limit is zero.
  long deadline(long limitMillis) {
    if (limitMillis == 0) {
      return Phase.NEVER;
    }
    if (limitMillis < shortestLimit) {
      shortestLimit = limitMillis;
    }
    return clock.millis() + ServerClock.TICK_MILLIS + limitMillis; // the clock may lag by a tick
  }

  /// Waits until a peer has had time to take the last answer.
  void lingerOverdue() {
    long end = System.nanoTime() + LINGER_OVERDUE_NANOS;
    while (end - System.nanoTime() > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  Observer observer() {
    return observer;
  }

  long clockMillis() {
    return clock.millis();
  }

  long idleMillis() {
    return idleMillis;
  }

  /// When a write that begins now stalls.
  long writeDeadline() {
    return deadline(writeMillis);
  }

  /// When a connection that is opened now is closed, whatever it does.
  long connectionDeadline() {
    return deadline(connectionMillis);
  }

  boolean isDraining() {
    return draining;
  }

  /// The connections that are open. Any thread; sees those that come and go meanwhile or not.
  Set<Connection> connections() {
    return connections;
  }

  /// Holds the deadlines of all connections, if it is time again: each is held late by a tenth of
  /// the shortest limit in use, or a second, at most.
  void sweepIfDue(long now) {
    if (now - lastSweep >= shortestLimit / 10) {
      sweep(now);
    }
  }

  /// Holds the deadlines of all connections.
  void sweep(long now) {
    lastSweep = now;
    for (Connection connection : connections) {
      connection.sweep(now);
    }
  }

  /// Asks those awaiting to end, now and from now on; those working go on until they await.
  void drain() {
    draining = true;
    for (Connection connection : connections) {
      connection.drain();
    }
  }

  /// Ends the input of those that have been asked to end, and wait for what does not come.
  void endInput() {
    for (Connection connection : connections) {
      connection.endInput();
    }
  }

  /// Closes all, whatever they do.
  void closeAll() {
    for (Connection connection : connections) {
      connection.close();
    }
  }
}
