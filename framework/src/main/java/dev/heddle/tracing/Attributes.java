package dev.heddle.tracing;

import dev.heddle.http.Request;
import dev.heddle.http.Status;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.net.InetAddress;
import java.util.Set;

/// What a span says of a request, by OpenTelemetry's semantic conventions for HTTP servers.
final class Attributes {
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE");

  private Attributes() {}

  /// The method, as the name of a span that knows no more; `HTTP` for one that nobody has heard of.
  static String method(Request request) {
    return METHODS.contains(request.method()) ? request.method() : "HTTP";
  }

  static void ofRequest(Span span, Request request) {
    boolean known = METHODS.contains(request.method());
    span.setAttribute("http.request.method", known ? request.method() : "_OTHER");
    if (!known) {
      span.setAttribute("http.request.method_original", request.method());
    }
    span.setAttribute("url.path", request.path());
    span.setAttribute("network.protocol.version", request.version().substring("HTTP/".length()));
    span.setAttribute("server.address", request.host());
    InetAddress peer = request.peer().remoteInetAddress();
    if (peer != null) {
      span.setAttribute("client.address", peer.getHostAddress());
    }
    String agent = request.header("User-Agent");
    if (agent != null) {
      span.setAttribute("user_agent.original", agent);
    }
  }

  /// What is known once the request was answered.
  static void ofResponse(Span span, Request request, Status status) {
    nameByRoute(span, request);
    span.setAttribute(STATUS, (long) status.code());
    if (status.code() >= 500) {
      span.setAttribute("error.type", Integer.toString(status.code()));
      span.setStatus(StatusCode.ERROR);
    }
  }

  /// What is known of a request whose handler, or whose body, failed.
  static void ofFailure(Span span, Request request, Throwable cause) {
    nameByRoute(span, request);
    span.setAttribute("error.type", cause.getClass().getName());
    span.setStatus(StatusCode.ERROR);
  }

  private static void nameByRoute(Span span, Request request) {
    String route = request.route();
    if (!route.isEmpty()) {
      span.updateName(method(request) + " " + route);
      span.setAttribute("http.route", route);
    }
  }
}
