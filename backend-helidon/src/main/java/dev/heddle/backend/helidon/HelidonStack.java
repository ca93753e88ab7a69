package dev.heddle.backend.helidon;

import dev.heddle.Connection;
import dev.heddle.ConnectionHandler;
import io.helidon.common.concurrency.limits.FixedLimit;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.Router;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.IOException;
import java.io.InterruptedIOException;

/// Helidon's own HTTP/1.1 and routing as a handler, so that an application that is written for
/// Helidon runs on any backend:
///
/// ```java
/// Server.listen(8080, HelidonStack.on(HttpRouting.builder().get("/", (req, res) -> res.send("hi"))));
/// ```
///
/// Codec, strictness and error answers are Helidon's. Sockets, threads, limits on connections, the
/// idle and write timeouts and the drain are the server's: a connection that waits for input is
/// taken to be idle, in the middle of a request, too.
public final class HelidonStack implements ConnectionHandler {
  private final ServerConnectionSelector http;
  private final StackListener listener;
  private final Limit requests = FixedLimit.create();

  private HelidonStack(HttpRouting.Builder routing) {
    http = Http1ConnectionSelector.builder().config(Http1Config.create()).build();
    Router router = Router.builder().addRouting(routing).build();
    router.beforeStart();
    listener = new StackListener(router);
  }

  /// A handler that serves HTTP/1.1 by this routing. It may serve any number of connections and
  /// listeners. Of the routing's life cycle, it is told that the server starts, not that it stops.
  public static ConnectionHandler on(HttpRouting.Builder routing) {
    return new HelidonStack(routing);
  }

  @Override
  public void handle(Connection connection) throws IOException {
    try {
      http.connection(new StackConnection(connection, listener)).handle(requests);
    } catch (CloseConnectionException e) {
      IOException cause = Unwrapped.cause(e);
      if (cause != null) {
        throw cause;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(e.getMessage());
    } catch (RuntimeException e) {
      throw Unwrapped.from(e);
    }
  }
}
