package dev.heddle.http;

import dev.heddle.Connection;
import dev.heddle.Peer;
import dev.heddle.ProxyHeader;
import dev.heddle.TlsSession;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request: what was asked for, with its fields and its body (RFC 9110, section 3.4). Immutable
/// but for the body, which is a stream, and the route, which is known once a router has seen it.
public final class Request {
  private static final InetSocketAddress NOWHERE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final RequestLine line;
  private final Headers headers;
  private final Framing framing;
  private final RequestBody body;
  private final @Nullable Connection connection;
  private final Map<String, String> pathParameters;
  private final int consumed;

  /// Whom a proxy speaks for; null: for nobody.
  private final @Nullable ForwardedClient client;

  /// What came from the peer: this, or what this was made of by filters and routers.
  private final Request origin;

  /// Of the origin alone, so that filters learn it though routers work on copies.
  private String route = "";

  Request(
      RequestLine line,
      Headers headers,
      Framing framing,
      RequestBody body,
      @Nullable Connection connection) {
    this(line, headers, framing, body, connection, Map.of(), 0, null, null);
  }

  private Request(
      RequestLine line,
      Headers headers,
      Framing framing,
      RequestBody body,
      @Nullable Connection connection,
      Map<String, String> pathParameters,
      int consumed,
      @Nullable ForwardedClient client,
      @Nullable Request origin) {
    this.line = line;
    this.headers = headers;
    this.framing = framing;
    this.body = body;
    this.connection = connection;
    this.pathParameters = pathParameters;
    this.consumed = consumed;
    this.client = client;
    this.origin = origin != null ? origin : this;
  }

  /// A request that no peer has sent, without fields and body, for tests of handlers.
  ///
  /// @throws IllegalArgumentException if a peer could not have sent it
  public static Request of(String method, String target) {
    return of(method, target, Headers.EMPTY, new byte[0]);
  }

  /// A request that no peer has sent, for tests of handlers.
  ///
  /// @throws IllegalArgumentException if a peer could not have sent it
  public static Request of(String method, String target, Headers headers, byte[] body) {
    return new Request(
        RequestLine.of(method, target),
        headers,
        new Framing(body.length, false, false, false),
        RequestBody.of(body),
        null);
  }

  /// The method, case-sensitive: `GET`, or any other token.
  public String method() {
    return line.method();
  }

  /// What is asked for.
  public RequestTarget target() {
    return line.target();
  }

  /// The path as it was sent, still encoded: see [RequestTarget#path()].
  public String path() {
    return line.target().path();
  }

  /// The decoded segments of the path: see [RequestTarget#segments()].
  public List<String> segments() {
    return line.target().segments();
  }

  /// The decoded segments of the path that stand for the `**` of a [Router]'s pattern; all of them
  /// if it has none.
  public List<String> remaining() {
    List<String> all = segments();
    return consumed == 0 ? all : all.subList(Math.min(consumed, all.size()), all.size());
  }

  /// The decoded parameters of the query.
  public Parameters query() {
    return line.target().parameters();
  }

  /// The fields.
  public Headers headers() {
    return headers;
  }

  /// The first value of a field, or null.
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  /// The host that is asked, with its port if that was given: of the target if it names one, else
  /// of the `Host` field; empty if neither does (RFC 9112, section 3.3). Behind a trusted proxy, as
  /// that was asked: see [ForwardedFields].
  public String host() {
    if (client != null && client.host() != null) {
      return client.host();
    }
    String authority = line.target().authority();
    return authority != null ? authority : headers.get("host", "");
  }

  /// The scheme by which the client called: `https` if it came over TLS, or a trusted proxy says
  /// that it came so to the proxy; else `http`. What is right for links to this site, and for
  /// whether a cookie should be [SetCookie#overTls()].
  public String scheme() {
    if (client != null && client.scheme() != null) {
      return client.scheme();
    }
    ProxyHeader proxy = peer().proxy();
    return tls() != null || (proxy != null && proxy.tls() != null) ? "https" : "http";
  }

  /// The body; empty if there is none.
  public RequestBody body() {
    return body;
  }

  /// The parameters of a form that was sent as the body.
  ///
  /// @throws ProtocolException 415 if the body is not `application/x-www-form-urlencoded`; 413 if
  ///   it is too long
  public Parameters form() throws IOException {
    if (!isType("application/x-www-form-urlencoded")) {
      throw new ProtocolException(Status.UNSUPPORTED_MEDIA_TYPE, "a form is expected");
    }
    return Parameters.parse(body.text());
  }

  /// Whether the body has a media type, whatever its parameters.
  private boolean isType(String type) {
    String value = headers.get("Content-Type", "");
    int semicolon = value.indexOf(';');
    return (semicolon < 0 ? value : value.substring(0, semicolon)).strip().equalsIgnoreCase(type);
  }

  /// The body without its `Content-Encoding`, of gzip or deflate, or as it is if it has none.
  ///
  /// @param limit the most it may become, in octets; a read beyond throws a [ProtocolException] of
  ///   status 413: a small body can be a large one
  /// @throws ProtocolException 415 if it has another encoding, or several
  public InputStream decodedBody(long limit) throws IOException {
    List<String> codings = headers.all("Content-Encoding");
    return DecodedBody.of(body, codings.isEmpty() ? "identity" : String.join(", ", codings), limit);
  }

  /// This request with one more field, as filters pass it on.
  ///
  /// @throws IllegalArgumentException as [HeadersBuilder#add]
  public Request with(String name, String value) {
    return with(headers.with(name, value));
  }

  /// This request without the fields of a name.
  public Request without(String name) {
    return with(headers.without(name));
  }

  private Request with(Headers changed) {
    return new Request(
        line, changed, framing, body, connection, pathParameters, consumed, client, origin);
  }

  /// Where this request stands in a trace, by its fields `traceparent` and `tracestate`; null if it
  /// does not say, or not rightly. See [Tracing].
  public @Nullable TraceContext traceContext() {
    return TraceContext.of(headers);
  }

  /// This request at another place in a trace, as filters pass it on.
  public Request with(TraceContext context) {
    Request placed =
        without(TraceContext.TRACEPARENT)
            .without(TraceContext.TRACESTATE)
            .with(TraceContext.TRACEPARENT, context.traceparent());
    return context.state().isEmpty()
        ? placed
        : placed.with(TraceContext.TRACESTATE, context.state());
  }

  /// The version, `HTTP/1.1` or `HTTP/1.0`.
  public String version() {
    return line.minorVersion() > 0 ? "HTTP/1.1" : "HTTP/1.0";
  }

  /// Both ends of the connection; behind a trusted proxy, of that of its client: see
  /// [ForwardedFields].
  public Peer peer() {
    if (client != null) {
      return client.peer();
    }
    return connection != null ? connection.peer() : new Peer(NOWHERE, NOWHERE);
  }

  /// What a TLS handshake has agreed on with the peer, its certificate among it; null if the
  /// request came in the clear.
  public @Nullable TlsSession tls() {
    return connection != null ? connection.tls() : null;
  }

  /// Whether the server is closing: a response that would go on for ever should come to its end.
  public boolean isServerClosing() {
    return connection != null && connection.isDraining();
  }

  /// The template of the route that this request took, as in `/users/{id}`: what to count, time and
  /// name it by, as there are few. Known once a [Router] has passed the request on, also to the
  /// filters before it, when their handler has returned; empty before, and if no route was found.
  public String route() {
    return origin.route;
  }

  /// Says which route this request takes: for handlers that choose by themselves. Behind a route
  /// that ends in `/**`, what is said stands for that `**`.
  ///
  /// @param template one of few: never a part of the request itself
  public void takeRoute(String template) {
    String before = origin.route;
    origin.route =
        before.endsWith("/**") ? before.substring(0, before.length() - 3) + template : template;
  }

  /// The part of the path that matched a parameter of a [Router]'s pattern, decoded.
  ///
  /// @throws IllegalArgumentException if the pattern has no such parameter
  public String pathParameter(String name) {
    String value = pathParameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no parameter " + name);
    }
    return value;
  }

  /// This request as a route's handler sees it, path parameters added to those it has.
  ///
  /// @param segments how many of [#remaining()] the route stands for
  Request matched(Map<String, String> parameters, int segments) {
    Map<String, String> all = parameters;
    if (!pathParameters.isEmpty()) {
      all = new HashMap<>(pathParameters);
      all.putAll(parameters);
    }
    return new Request(
        line, headers, framing, body, connection, all, consumed + segments, client, origin);
  }

  /// This request as that of a proxy's client.
  Request forwarded(Peer peer, ForwardedHop hop) throws ProtocolException {
    ForwardedClient told = new ForwardedClient(peer, hop.scheme(), hop.authority());
    return new Request(
        line, headers, framing, body, connection, pathParameters, consumed, told, origin);
  }

  RequestLine line() {
    return line;
  }

  Framing framing() {
    return framing;
  }

  boolean isHead() {
    return line.method().equals("HEAD");
  }

  /// Whether a response is sent with its body (RFC 9110, section 6.4.1).
  boolean takesBody(Response response) {
    return !isHead() && !response.status().isBodiless();
  }

  /// Whether the peer wants a tunnel, and nothing that follows is HTTP.
  boolean isConnect() {
    return line.target().form() == RequestTarget.Form.AUTHORITY;
  }

  /// Whether the connection may carry another request, as far as the peer is concerned (RFC 9112,
  /// section 9.3).
  boolean keepsAlive() {
    return !framing.close() && (line.minorVersion() > 0 || framing.keepAlive()) && !isConnect();
  }

  /// Whether the peer has to be told that the connection stays.
  boolean wantsToKnowKeepAlive() {
    return framing.keepAlive();
  }

  /// As in `GET /path`.
  @Override
  public String toString() {
    return line.method() + " " + line.target();
  }
}
