package dev.heddle.http;

import dev.heddle.AddressRate;
import dev.heddle.Rate;
import java.net.InetAddress;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// Answers requests of an address that sends too many with 429 and `Retry-After` (RFC 6585, section
/// 4): see [AddressRate]. Peers of Unix domain sockets have no address, and are not held.
///
/// Behind a reverse proxy, put [ForwardedFields] before it, or all clients are one.
public final class RequestRate implements HttpHandler {
  private final HttpHandler handler;
  private final AddressRate rate;

  private RequestRate(HttpHandler handler, AddressRate rate) {
    this.handler = Objects.requireNonNull(handler);
    this.rate = rate;
  }

  /// Holds a rate for each address.
  public static HttpHandler of(HttpHandler handler, Rate rate) {
    return rate.isUnlimited() ? handler : new RequestRate(handler, new AddressRate(rate));
  }

  @Override
  public Response handle(Request request) throws Exception {
    InetAddress address = request.peer().remoteInetAddress();
    long nanos = address == null ? 0 : rate.take(address);
    return nanos == 0 ? handler.handle(request) : refusal(nanos);
  }

  private static Response refusal(long nanos) {
    long seconds = Math.ceilDiv(nanos, TimeUnit.SECONDS.toNanos(1));
    return Response.text(Status.TOO_MANY_REQUESTS, "429 Too Many Requests\n")
        .with("Retry-After", Long.toString(seconds));
  }
}
