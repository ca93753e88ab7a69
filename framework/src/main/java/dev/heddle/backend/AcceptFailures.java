package dev.heddle.backend;

import dev.heddle.ConnectionScope;
import dev.heddle.Peer;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/// Tells of failures to accept: each to the observer, and one a second to the log. Any thread.
public final class AcceptFailures {
  private static final Logger LOG = System.getLogger("dev.heddle.accept");
  private static final long LOG_EVERY_NANOS = 1_000_000_000;

  private final ConnectionScope scope;
  private volatile SocketAddress listener;

  // Under the lock.
  private long count;
  private long lastLog = System.nanoTime() - LOG_EVERY_NANOS;

  /// None so far.
  ///
  /// @param listener where the listener listens, as far as that is known
  public AcceptFailures(ConnectionScope scope, SocketAddress listener) {
    this.scope = scope;
    this.listener = listener;
    loadTimeZones();
  }

  /// Loads the file of time zones, which loggers first open when they write their first line. If no
  /// descriptor is left by then, they fail for good.
  private static void loadTimeZones() {
    var _ = ZonedDateTime.now(ZoneId.systemDefault());
  }

  /// Names the listener by the address that it was given, once it is known.
  public void listener(SocketAddress address) {
    listener = address;
  }

  /// Tells of one. Never throws: where descriptors have run out, even logging and loading a class
  /// may fail.
  public synchronized void report(Throwable cause) {
    try {
      count++;
      scope.acceptFailed(cause instanceof IOException e ? e : new IOException(cause));
      long now = System.nanoTime();
      if (now - lastLog >= LOG_EVERY_NANOS) {
        lastLog = now;
        log(cause);
      }
    } catch (Throwable e) {
      // there will be another chance to say so
    }
  }

  private void log(Throwable cause) {
    LOG.log(
        Level.WARNING,
        "can't accept on %s: %s (%d times so far); open connections are served, and new ones wait"
            .formatted(Peer.format(listener), cause.getMessage(), count));
  }
}
