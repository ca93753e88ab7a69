package dev.heddle.ws;

import dev.heddle.http.HttpHandler;
import dev.heddle.http.Request;
import dev.heddle.http.Response;
import dev.heddle.http.Router;

/// Serves WebSockets (RFC 6455) over HTTP/1.1:
///
/// ```java
/// Server.listen(8080, Http1.of(WebSockets.at("/echo", socket -> {
///   for (Message message; (message = socket.receive()) != null; ) socket.send(message);
/// }))).join();
/// ```
///
/// or as a route among others, `Router.builder().get("/echo", WebSockets.of(handler))`, or as the
/// answer of an [HttpHandler] that has looked at the request, and may refuse it with any other:
///
/// ```java
/// request -> isKnown(request) ? WebSockets.upgrade(request, handler, options) : Response.status(401)
/// ```
public final class WebSockets {
  private WebSockets() {}

  /// Serves one path; others are answered with 404.
  ///
  /// @param path a pattern of [Router]
  public static HttpHandler at(String path, WebSocketHandler handler) {
    return at(path, handler, WebSocketOptions.DEFAULT);
  }

  /// Serves one path; others are answered with 404.
  ///
  /// @param path a pattern of [Router]
  public static HttpHandler at(String path, WebSocketHandler handler, WebSocketOptions options) {
    return Router.builder().get(path, of(handler, options)).build();
  }

  /// Serves whatever path it is asked for.
  public static HttpHandler of(WebSocketHandler handler) {
    return of(handler, WebSocketOptions.DEFAULT);
  }

  /// Serves whatever path it is asked for.
  public static HttpHandler of(WebSocketHandler handler, WebSocketOptions options) {
    return request -> upgrade(request, handler, options);
  }

  /// The answer to a request that asks for a WebSocket: the upgrade, to which fields may be added
  /// (`.with("Set-Cookie", ...)`); or, if the request is not fit for one, what tells the peer why:
  /// 400, 403, 405 or 426 (RFC 6455, section 4.2).
  ///
  /// @param handler gets the socket once the answer has been written
  public static Response upgrade(
      Request request, WebSocketHandler handler, WebSocketOptions options) {
    return Handshake.answer(request, handler, options);
  }
}
