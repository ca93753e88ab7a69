package dev.heddle.http;

import java.util.Objects;

/// Gives each request of a handler a place in a trace (W3C Trace Context): in that of its caller,
/// or else in a new one. The handler finds it in [Request#traceContext()], to be sent with requests
/// of its own; the response says it as `traceresponse`. Nothing is recorded: that is what
/// [dev.heddle.tracing] is for.
public final class Tracing implements HttpHandler {
  private final HttpHandler handler;

  private Tracing(HttpHandler handler) {
    this.handler = Objects.requireNonNull(handler);
  }

  /// Places the requests of a handler in traces.
  public static Tracing of(HttpHandler handler) {
    return new Tracing(handler);
  }

  @Override
  public Response handle(Request request) throws Exception {
    TraceContext caller = request.traceContext();
    TraceContext ours = caller == null ? TraceContext.start() : caller.next();
    return handler.handle(request.with(ours)).with("traceresponse", ours.traceparent());
  }
}
