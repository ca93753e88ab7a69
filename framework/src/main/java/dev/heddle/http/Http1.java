package dev.heddle.http;

import dev.heddle.Connection;
import dev.heddle.ExchangeHandler;
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
/// Threading: serves any number of connections, each on a thread that is its own for the time of an
/// [exchange][ExchangeHandler] at least.
public final class Http1 implements ExchangeHandler {
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

  /// Begins to serve requests, until either side closes, or an answer leads to another protocol: to
  /// that one's handler the connection is then [handed over][Connection#handOver].
  @Override
  public Exchanges open(Connection connection) {
    return new HttpConnection(connection, handler, options, preamble);
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
