package dev.heddle.ws;

/// Talks with one peer over a [WebSocket], from its first message to its last:
///
/// ```java
/// socket -> {
///   for (Message message; (message = socket.receive()) != null; ) {
///     socket.send(message);
///   }
/// }
/// ```
///
/// Blocking, on a thread that is the socket's own: on engines of virtual threads not that which
/// served the requests before the upgrade. One handler serves all sockets, each on its own thread.
@FunctionalInterface
public interface WebSocketHandler {

  /// Serves one socket. It is open when this is called, and closed when this returns: with
  /// [CloseCode#NORMAL], or what [WebSocket#close(CloseCode, String)] was told.
  ///
  /// @throws Exception what the socket has thrown may pass: a peer that went away is no fault. What
  ///   else is thrown is the handler's own fault: the peer is told [CloseCode#INTERNAL_ERROR], and
  ///   it is logged and counted
  void handle(WebSocket socket) throws Exception;
}
