package dev.heddle.ws;

import dev.heddle.Server;
import dev.heddle.ServerOptions;
import dev.heddle.http.Http1;
import java.io.IOException;

/// Echoes what clients of other makers send, until its standard input ends. Prints its port.
final class EchoSocketMain {
  private EchoSocketMain() {}

  /// @param args the backend, and whether contexts are kept
  public static void main(String[] args) throws IOException {
    boolean contexts = Boolean.parseBoolean(args[1]);
    WebSocketOptions options =
        WebSocketOptions.builder()
            .maxMessage(8 << 20)
            .subprotocols("echo")
            .compression(new CompressionOptions(0, contexts, contexts))
            .build();
    WebSocketHandler echo =
        socket -> {
          for (Message message; (message = socket.receive()) != null; ) {
            socket.send(message);
          }
        };
    try (Server server =
        Server.builder()
            .options(ServerOptions.builder().backend(args[0]).build())
            .listen(0, Http1.of(WebSockets.of(echo, options)))
            .start()) {
      System.out.println(server.localAddress().getPort());
      while (System.in.read() >= 0) {
        // goes on
      }
    }
  }
}
