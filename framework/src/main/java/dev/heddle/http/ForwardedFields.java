package dev.heddle.http;

import dev.heddle.Networks;
import dev.heddle.Peer;
import dev.heddle.ProxyHeader;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Has a handler see the client of a reverse proxy as its [Request#peer()], with the
/// [Request#scheme()] and the [Request#host()] that the client used, by the fields in which proxies
/// tell of them.
///
/// Each proxy adds whom it was called by at the right end of the list; all that stands left of it
/// may be the client's own invention. So the list is walked from the right, through the addresses
/// of trusted proxies, to the first that is none: that is the client. From anyone who is not a
/// trusted proxy himself, nothing is believed.
///
/// It belongs before all filters that look at the peer, such as [AccessLog] and [RequestRate].
///
/// Only one kind of fields is read. A proxy sets those it knows, and passes others on as the client
/// sent them.
public final class ForwardedFields implements HttpHandler {
  private final HttpHandler handler;
  private final Kind kind;
  private final Networks trusted;

  /// In which fields proxies tell of their clients.
  public enum Kind {
    /// `X-Forwarded-For`, `X-Forwarded-Proto` and `X-Forwarded-Host`, as most do. The outermost
    /// proxy must set or remove the last two.
    X_FORWARDED,

    /// `Forwarded` (RFC 7239).
    FORWARDED
  }

  private ForwardedFields(HttpHandler handler, Kind kind, Networks trusted) {
    this.handler = Objects.requireNonNull(handler);
    this.kind = Objects.requireNonNull(kind);
    this.trusted = trusted;
  }

  /// Has a handler see the clients of proxies.
  ///
  /// @param trusted the proxies that are believed
  public static HttpHandler of(HttpHandler handler, Kind kind, Networks trusted) {
    return new ForwardedFields(handler, kind, trusted);
  }

  /// Passes the request on.
  ///
  /// @throws ProtocolException 400 if what a trusted proxy tells is malformed
  @Override
  public Response handle(Request request) throws Exception {
    Peer peer = request.peer();
    if (!trusted.contains(peer.remote())) {
      return handler.handle(request);
    }
    List<ForwardedHop> hops =
        switch (kind) {
          case X_FORWARDED -> ForwardedHop.ofLegacyFields(request.headers());
          case FORWARDED -> ForwardedElements.parse(request.headers().all("Forwarded"));
        };
    return handler.handle(hops.isEmpty() ? request : walk(request, hops));
  }

  private Request walk(Request request, List<ForwardedHop> hops) throws ProtocolException {
    SocketAddress client = request.peer().remote();
    ForwardedHop last = hops.getLast();
    for (ForwardedHop hop : hops.reversed()) {
      last = hop;
      InetSocketAddress address = hop.address();
      if (address == null) {
        break; // it hides: the client is somewhere behind the last proxy that does not
      }
      client = address;
      if (!trusted.contains(address)) {
        break;
      }
    }
    return request.forwarded(new Peer(client, local(request), told(request)), last);
  }

  private static SocketAddress local(Request request) {
    return request.peer().local();
  }

  private static ProxyHeader told(Request request) {
    ProxyHeader below = request.peer().proxy();
    return below != null ? below : new ProxyHeader(request.peer(), Map.of(), null);
  }
}
