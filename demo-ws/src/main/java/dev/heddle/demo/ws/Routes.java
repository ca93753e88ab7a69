package dev.heddle.demo.ws;

import dev.heddle.http.HttpHandler;
import dev.heddle.http.Router;
import dev.heddle.ws.Message;
import dev.heddle.ws.WebSocket;
import dev.heddle.ws.WebSocketOptions;
import dev.heddle.ws.WebSockets;
import java.io.IOException;

/// Who answers what.
final class Routes {
  private static final String SCRIPT = "text/javascript; charset=utf-8";

  private Routes() {}

  static HttpHandler of(Rooms rooms, WebSocketOptions options) throws IOException {
    return Router.builder()
        .get("/", Page.of("chat.html", "text/html; charset=utf-8"))
        .get("/chat.js", Page.of("chat.js", SCRIPT))
        .get("/lifeline.js", Page.of("lifeline.js", SCRIPT))
        .get("/view.js", Page.of("view.js", SCRIPT))
        .get("/style.css", Page.of("style.css", "text/css; charset=utf-8"))
        .get("/icon.svg", Page.of("icon.svg", "image/svg+xml"))
        .get("/rooms", rooms::list)
        .get("/chat", WebSockets.of(new ChatHandler(rooms), options))
        .get("/echo", WebSockets.of(Routes::echo, options))
        .build();
  }

  private static void echo(WebSocket socket) throws IOException {
    for (Message message; (message = socket.receive()) != null; ) {
      socket.send(message);
    }
  }
}
