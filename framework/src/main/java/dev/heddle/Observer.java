package dev.heddle;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Is told what happens on a server, for counters, logs and events. Every method does nothing
/// unless overridden, and what nobody asks for is not measured.
///
/// Threading: called by whichever thread the thing happened on, many at once; must neither block
/// nor throw. What an event loop tells comes from a thread beside it.
public interface Observer {
  /// An observer that ignores everything.
  Observer NONE = new Observer() {};

  /// Tells several, in this order.
  static Observer all(Observer... observers) {
    List<Observer> all = Stream.of(observers).filter(each -> !each.equals(NONE)).toList();
    return all.isEmpty() ? NONE : all.size() == 1 ? all.getFirst() : new Observers(all);
  }

  /// The server listens. Its first connections may have been told of before.
  default void serverStarted(Server server) {}

  /// The server has been told to close. It still accepts, for [ServerOptions#drainDelay()], and
  /// then drains.
  default void serverClosing(Server server) {}

  /// The server has closed; it will be told of no more.
  default void serverClosed(Server server) {}

  /// A connection was admitted and its handler is about to start. Its peer is whoever connected: a
  /// proxy, if there is one. On the thread that serves the connection.
  default void connectionOpened(Connection connection) {}

  /// A proxy has told for whom it speaks: from now on that is the connection's peer, and the proxy
  /// its [ProxyHeader#sender()]. On the thread that serves the connection.
  default void connectionIntroduced(Connection connection) {}

  /// A TLS handshake came to nothing; the connection ends. A connection that ends before its first
  /// byte has begun none. On the thread that serves the connection.
  default void handshakeFailed(Connection connection, HandshakeFailure failure) {}

  /// A connection has ended and its socket is closed. Told of each that was opened, refused or not.
  /// On the thread that serves the connection.
  default void connectionClosed(Connection connection) {}

  /// A connection is closed at once: it is over a limit, or no thread could be had for it. Such a
  /// limit may be one of a peer whom a proxy has introduced, on a connection that was opened
  /// before.
  default void connectionRefused(Peer peer) {}

  /// A handler threw something other than an [IOException]. On the thread that serves the
  /// connection.
  default void handlerFailed(Connection connection, Throwable cause) {}

  /// The head of a request has come, and it is about to be answered.
  ///
  /// @return who is told what became of it; null if nobody wants to know, and then neither the time
  ///   it takes nor anything else of it is noted
  default @Nullable RequestWatch requestStarted(Connection connection) {
    return null;
  }

  /// What came was refused before it was a request, such as a head that is malformed or too long.
  ///
  /// @param status of the answer
  default void requestRefused(Connection connection, int status) {}

  /// The connection has become a WebSocket: the peer has been sent the 101.
  default void webSocketOpened(Connection connection) {}

  /// A message has come whole from the peer and been received. Of one that a handler leaves for the
  /// next, or that comes when this side has closed, nobody is told.
  ///
  /// @param bytes of its payload, uncompressed
  default void messageReceived(Connection connection, MessageKind kind, long bytes) {}

  /// A message has been handed to the network, or waits to leave together with the next.
  ///
  /// @param bytes of its payload, uncompressed
  default void messageSent(Connection connection, MessageKind kind, long bytes) {}

  /// The WebSocket has ended; its connection ends soon.
  ///
  /// @param code why (RFC 6455, section 7.4.1): of the close frame that came or was sent first;
  ///   1005 if that had none, 1006 if there was no close frame
  default void webSocketClosed(Connection connection, int code) {}

  /// The listener could not accept a connection; it goes on trying.
  default void acceptFailed(IOException cause) {}

  /// A handler has held an event loop, and so all its other connections, for a while.
  default void loopStalled(String loop, Duration since) {}
}
