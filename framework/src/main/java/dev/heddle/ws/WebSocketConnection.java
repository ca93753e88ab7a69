package dev.heddle.ws;

import dev.heddle.Connection;
import dev.heddle.ConnectionHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/// Speaks the protocol on a connection from the end of its opening handshake to the end of its
/// closing one.
record WebSocketConnection(Agreement agreement, WebSocketHandler handler)
    implements ConnectionHandler {
  private static final Logger LOG = System.getLogger("dev.heddle.ws");

  @Override
  public void handle(Connection connection) throws IOException {
    WebSocket socket = new WebSocket(connection, agreement);
    socket.begin();
    CloseCode code = CloseCode.INTERNAL_ERROR;
    try {
      handler.handle(socket);
      code = CloseCode.NORMAL;
    } catch (Exception e) {
      RuntimeException fault = fault(socket, e);
      if (fault != null) {
        throw fault;
      }
      code = CloseCode.NORMAL;
    } finally {
      socket.end(code);
    }
  }

  /// What a handler threw, if it is its own fault; that its peer is gone is not.
  private static @Nullable RuntimeException fault(WebSocket socket, Exception thrown) {
    return switch (thrown) {
      case IOException e when !socket.isOpen() -> {
        LOG.log(Level.DEBUG, () -> "the WebSocket of " + socket.peer() + " ended: " + e);
        yield null;
      }
      case IOException e -> new UncheckedIOException(e);
      case RuntimeException e -> e;
      default -> new IllegalStateException("the handler failed", thrown);
    };
  }
}
