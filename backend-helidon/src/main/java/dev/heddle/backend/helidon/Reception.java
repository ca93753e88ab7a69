package dev.heddle.backend.helidon;

import dev.heddle.Connection;
import dev.heddle.ConnectionScope;
import dev.heddle.backend.AcceptFailures;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;

/// Where connections pass from Helidon's accepting thread, which shows us their channels, to their
/// own threads, to which Helidon gives a reader and a writer but no channel.
///
/// They are admitted as they are accepted, in that order. Helidon starts a connection's thread on
/// the thread that accepted it, right after it was [#take]n in: so what is inheritable there is
/// inherited.
final class Reception {
  private static final InheritableThreadLocal<Arrival> ARRIVED = new InheritableThreadLocal<>();
  private static final long BACK_OFF_NANOS = 20_000_000;

  private final ConnectionScope scope;
  private final AcceptFailures failures;
  private volatile boolean closed;

  /// A connection that has no thread yet.
  record Arrival(Connection connection, HelidonTransport transport) {}

  Reception(ConnectionScope scope, AcceptFailures failures) {
    this.scope = scope;
    this.failures = failures;
  }

  /// Takes a channel in. Returns when there is a descriptor for the next one, as Helidon's listener
  /// would end if it failed to accept that. On Helidon's accepting thread.
  ///
  /// @throws IOException if the peer has left meanwhile
  /// @throws CancellationException if no more are wanted, or this one is not: Helidon then closes
  ///   the channel
  void take(SocketChannel channel) throws IOException {
    while (!closed && !isDescriptorLeft()) {
      LockSupport.parkNanos(BACK_OFF_NANOS);
    }
    if (closed) {
      throw new CancellationException("the listener is closed");
    }
    HelidonTransport transport = new HelidonTransport(channel);
    Connection connection = scope.admit(transport);
    if (connection == null) {
      throw new CancellationException("the connection was refused");
    }
    ARRIVED.set(new Arrival(connection, transport));
  }

  private boolean isDescriptorLeft() {
    try {
      Descriptors.checkOneLeft();
      return true;
    } catch (IOException | LinkageError | OutOfMemoryError e) {
      failures.report(e);
      return false;
    }
  }

  /// The connection whose thread this is.
  static Arrival claim() {
    Arrival arrival = Objects.requireNonNull(ARRIVED.get());
    ARRIVED.remove();
    return arrival;
  }

  /// Takes in no more.
  void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }
}
