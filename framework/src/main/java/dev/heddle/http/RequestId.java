package dev.heddle.http;

import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/// Gives each request of a handler an id, as the field `X-Request-Id` of the request and of its
/// response. What a peer says is not taken over: it could be anything.
public final class RequestId implements HttpHandler {
  private static final String NAME = "X-Request-Id";

  private final HttpHandler handler;

  private RequestId(HttpHandler handler) {
    this.handler = Objects.requireNonNull(handler);
  }

  /// Gives the requests of a handler ids.
  public static RequestId of(HttpHandler handler) {
    return new RequestId(handler);
  }

  @Override
  public Response handle(Request request) throws Exception {
    String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    return handler.handle(request.without(NAME).with(NAME, id)).with(NAME, id);
  }
}
