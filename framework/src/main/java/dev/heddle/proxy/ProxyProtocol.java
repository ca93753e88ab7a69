package dev.heddle.proxy;

import dev.heddle.Connection;
import dev.heddle.ConnectionHandler;
import dev.heddle.Networks;
import dev.heddle.Peer;
import dev.heddle.ProxyHeader;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/// Reads what a proxy says of a connection before the first byte of its client (PROXY protocol,
/// versions 1 and 2), and has the handler behind it see that client as its [Peer]:
///
/// ```java
/// ConnectionHandler handler = Http1.of(request -> Response.text("hello " + request.peer()));
/// Networks proxies = Networks.parse("10.0.0.0/8");
/// Server.builder()
///     .options(ServerOptions.builder().trustedProxies(proxies).build())
///     .listen(8080, ProxyProtocol.of(handler, Mode.REQUIRED, proxies))
///     .start();
/// ```
///
/// It belongs before any other protocol, TLS included. A header is only believed if it is from a
/// proxy that is trusted. What is malformed ends the connection without a word, as section 2.2
/// demands: whoever sent it could be anything.
///
/// Threading: serves any number of connections, each on its own thread.
public final class ProxyProtocol implements ConnectionHandler {
  /// How long a header may take by default. Proxies send it at once.
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

  private static final Logger LOG = System.getLogger("dev.heddle.proxy");

  private final ConnectionHandler handler;
  private final Mode mode;
  private final Networks trusted;
  private final Duration timeout;
  private final AtomicBoolean said = new AtomicBoolean();

  /// Whether connections have a header.
  public enum Mode {
    /// None has: nothing is read, and the handler sees every byte.
    OFF,

    /// Those of trusted proxies may have one. A client behind such a proxy can then say what it
    /// likes about itself if the proxy does not send one: better is [#REQUIRED].
    OPTIONAL,

    /// All have one, and whoever is not a trusted proxy is turned away.
    REQUIRED
  }

  private ProxyProtocol(ConnectionHandler handler, Mode mode, Networks trusted, Duration timeout) {
    this.handler = Objects.requireNonNull(handler);
    this.mode = mode;
    this.trusted = trusted;
    this.timeout = timeout;
  }

  /// Reads headers within the default time, and hands connections [over][Connection#handOver] to
  /// `handler`.
  public static ConnectionHandler of(ConnectionHandler handler, Mode mode, Networks trusted) {
    return of(handler, mode, trusted, DEFAULT_TIMEOUT);
  }

  /// Reads headers.
  ///
  /// @param trusted the proxies that are believed; give the same to
  ///   [dev.heddle.ServerOptions#trustedProxies()]
  /// @param timeout from the first byte of a connection to the last of its header
  public static ConnectionHandler of(
      ConnectionHandler handler, Mode mode, Networks trusted, Duration timeout) {
    return mode == Mode.OFF ? handler : new ProxyProtocol(handler, mode, trusted, timeout);
  }

  @Override
  public void handle(Connection connection) throws IOException {
    if (trusted.contains(connection.peer().remote())) {
      if (!readHeader(connection)) {
        return;
      }
    } else if (mode == Mode.REQUIRED) {
      throw turnedAway(connection);
    }
    connection.handOver(handler);
  }

  /// @return false if the connection ended before it began
  private boolean readHeader(Connection connection) throws IOException {
    connection.awaiting(timeout);
    for (; ; ) {
      switch (HeaderReader.read(connection.buffered())) {
        case Heading.Incomplete _ -> {
          if (!connection.fill()) {
            return ended(connection);
          }
        }
        case Heading.Absent _ -> {
          if (mode == Mode.REQUIRED) {
            throw new ProxyProtocolException("there is no header");
          }
          connection.forgetPhases();
          return true;
        }
        case Heading.Present header -> {
          consume(connection, header.length());
          connection.forgetPhases();
          introduce(connection, header);
          return true;
        }
      }
    }
  }

  /// What is too short to be a header may be all that a client sends.
  private boolean ended(Connection connection) throws IOException {
    if (!connection.buffered().hasRemaining()) {
      return false;
    }
    if (mode == Mode.REQUIRED) {
      throw new ProxyProtocolException("the connection ended within the header");
    }
    connection.forgetPhases();
    return true;
  }

  private static void consume(Connection connection, int length) {
    connection.buffered().position(connection.buffered().position() + length);
  }

  /// A proxy that speaks for itself, as in a health check, stays the peer.
  private static void introduce(Connection connection, Heading.Present header) throws IOException {
    if (header.isLocal()) {
      return;
    }
    Peer sender = connection.peer();
    ProxyHeader told = new ProxyHeader(sender, header.values(), header.tls());
    Heading.Ends ends = header.ends();
    connection.introduce(
        ends == null
            ? new Peer(sender.remote(), sender.local(), told)
            : new Peer(ends.source(), ends.destination(), told));
  }

  private IOException turnedAway(Connection connection) {
    if (said.compareAndSet(false, true)) {
      LOG.log(
          Level.WARNING,
          "connections are turned away: the first is from "
              + connection.peer()
              + ", which is not among the trusted proxies "
              + trusted);
    }
    return new ProxyProtocolException("the peer is no trusted proxy");
  }
}
