package dev.heddle.http;

import dev.heddle.Connection;
import dev.heddle.ConnectionHandler;
import dev.heddle.RequestWatch;
import dev.heddle.ServedRequest;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Speaks HTTP/1.1 and 1.0 on a connection (RFC 9110, RFC 9112), and has its requests answered by
/// an [HttpHandler]:
///
/// ```java
/// Server.listen(8080, Http1.of(request -> Response.text("hello"))).join();
/// ```
///
/// Requests are handled one after the other; answers to those that came together leave together.
/// What breaks the protocol is answered with its status, and the connection closed: nothing that
/// follows is read as a request.
///
/// Threading: serves any number of connections, each on its own thread.
public final class Http1 implements ConnectionHandler {
  private static final Logger LOG = System.getLogger("dev.heddle.http");

  private final HttpHandler handler;
  private final HttpOptions options;
  private final Preamble preamble;

  private Http1(HttpHandler handler, HttpOptions options) {
    this.handler = Objects.requireNonNull(handler);
    this.options = options;
    this.preamble = new Preamble(options);
  }

  /// HTTP with the default options.
  public static Http1 of(HttpHandler handler) {
    return of(handler, HttpOptions.DEFAULT);
  }

  /// HTTP with options.
  public static Http1 of(HttpHandler handler, HttpOptions options) {
    return new Http1(handler, options);
  }

  /// Serves requests until either side closes, or an answer leads to another protocol: that one's
  /// handler is [next][Connection#handOver] when this method has returned.
  @Override
  public void handle(Connection connection) throws IOException {
    RequestReader reader = new RequestReader(connection, options);
    ResponseWriter writer = new ResponseWriter(connection, preamble);
    for (long served = 1; ; served++) {
      Request request;
      try {
        request = reader.read();
      } catch (ProtocolException e) {
        connection.observer().requestRefused(connection, e.status().code());
        writer.writeRefusal(e);
        return;
      }
      if (request == null) {
        return;
      }
      connection.countMessage();
      RequestWatch watch = connection.observer().requestStarted(connection);
      Response response =
          watch == null
              ? exchange(connection, writer, request, served)
              : watched(watch, connection, writer, request, served);
      if (response instanceof Response.Upgrade upgrade) {
        request.target().forgetParts();
        connection.handOver(upgrade.handler());
        return;
      }
      if (response == null || !request.body().drain()) {
        return;
      }
    }
  }

  /// Has a request answered.
  ///
  /// @return the response, or null if the connection is to be closed behind it
  private @Nullable Response exchange(
      Connection connection, ResponseWriter writer, Request request, long served)
      throws IOException {
    Response response = answer(request);
    boolean kept = write(writer, request, response, left(connection, request, served));
    return kept || response instanceof Response.Upgrade ? response : null;
  }

  /// As [#exchange], and tells what became of it.
  private @Nullable Response watched(
      RequestWatch watch,
      Connection connection,
      ResponseWriter writer,
      Request request,
      long served)
      throws IOException {
    long since = System.nanoTime();
    boolean complete = false;
    writer.forget();
    try {
      Response response = exchange(connection, writer, request, served);
      complete = true;
      return response;
    } finally {
      watch.served(
          new ServedRequest(
              request.version(),
              request.method(),
              request.route(),
              writer.status(),
              request.body().received(),
              writer.bodyOctets(),
              System.nanoTime() - since,
              complete));
    }
  }

  private Response answer(Request request) throws IOException {
    try {
      return toSend(request, handler.handle(request));
    } catch (Throwable e) {
      return refusal(request, e);
    } finally {
      var _ = Thread.interrupted(); // that was meant for the handler, not for its answer
    }
  }

  private boolean write(ResponseWriter writer, Request request, Response response, int left)
      throws IOException {
    try {
      return writer.write(request, response, left);
    } catch (BodyFailedException e) {
      Response refusal = refusal(request, Objects.requireNonNull(e.getCause()));
      if (e.isCommitted()) {
        throw new IOException("the response was cut short", e);
      }
      return write(writer, request, refusal, request.body().isDrainable() ? left : 0);
    }
  }

  /// How many more requests the connection may bring; 0: it is to be closed behind this one.
  private int left(Connection connection, Request request, long served) {
    boolean keep = request.keepsAlive() && !connection.isDraining() && request.body().isDrainable();
    if (!keep) {
      return 0;
    }
    int allowed = options.keepAliveRequests();
    return allowed == 0 ? Integer.MAX_VALUE : (int) Math.max(0, allowed - served);
  }

  /// What a failure is answered with; the one place that decides whose fault it is.
  ///
  /// @throws IOException if it is the network's
  static Response refusal(Request request, Throwable cause) throws IOException {
    IOException ended = request.body().failure();
    if (ended instanceof ProtocolException refusal) {
      return refusal.toResponse();
    }
    if (ended != null) {
      throw ended;
    }
    if (cause instanceof ProtocolException refusal) {
      return refusal.toResponse();
    }
    LOG.log(Level.ERROR, "the handler of " + request + " failed", cause);
    return Response.text(Status.INTERNAL_SERVER_ERROR, "500 Internal Server Error\n");
  }

  /// The response of a handler, or ours in its place where it can't be sent. Another protocol
  /// begins behind the body, which is dropped here, so that who asks knows what will be answered.
  ///
  /// @throws IOException if the body is too long for that, malformed, or does not come
  static Response toSend(Request request, @Nullable Response response) throws IOException {
    Objects.requireNonNull(response, "the handler returned no response");
    if (!isPossible(request, response)) {
      return impossible(request, response);
    }
    if (response instanceof Response.Upgrade) {
      request.body().takeBeforeUpgrade();
    }
    return isOfServer(request, response) ? response : Response.status(Status.NO_CONTENT);
  }

  /// A tunnel is all that CONNECT can be granted. HTTP/1.0 can't be left, and nobody is led to a
  /// protocol that they did not ask for (RFC 9110, sections 7.8 and 9.3.6).
  private static boolean isPossible(Request request, Response response) {
    if (request.isConnect()) {
      return response instanceof Response.Upgrade || response.status().code() >= 300;
    }
    return !(response instanceof Response.Upgrade)
        || (request.line().minorVersion() > 0
            && request.headers().containsToken("Connection", "Upgrade")
            && request.headers().containsToken("Upgrade", protocol(response)));
  }

  private static String protocol(Response upgrade) {
    return upgrade.headers().get("Upgrade", "");
  }

  /// A handler that does not know what `OPTIONS *` asks would answer for some path that nobody has
  /// asked for: its answer counts if it says what the server allows (RFC 9110, section 9.3.7).
  private static boolean isOfServer(Request request, Response response) {
    return request.target().form() != RequestTarget.Form.ASTERISK
        || response.headers().contains("Allow");
  }

  private static Response impossible(Request request, Response response) {
    return request.isConnect()
        ? Response.text(Status.NOT_IMPLEMENTED, "501 Not Implemented\n")
        : Response.text(Status.UPGRADE_REQUIRED, "426 Upgrade Required\n")
            .with("Connection", "Upgrade")
            .with("Upgrade", protocol(response));
  }
}
