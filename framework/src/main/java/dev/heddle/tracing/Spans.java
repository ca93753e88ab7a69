package dev.heddle.tracing;

import dev.heddle.http.HttpHandler;
import dev.heddle.http.ProtocolException;
import dev.heddle.http.Request;
import dev.heddle.http.Response;
import dev.heddle.http.Status;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.Objects;

/// Records each request of a handler as a span of OpenTelemetry, within the trace of its caller:
///
/// ```java
/// HttpHandler traced = Spans.of(router, GlobalOpenTelemetry.get());
/// ```
///
/// The span is current while the handler runs, and while a streamed body is written: both block on
/// the connection's own thread, so whatever they call finds it. The handler's request says the
/// span's own place in the trace, in the fields of the propagators in use.
@SuppressWarnings("exports") // who uses it has the library
public final class Spans implements HttpHandler {
  private final HttpHandler handler;
  private final Tracer tracer;
  private final TextMapPropagator propagator;

  private Spans(HttpHandler handler, OpenTelemetry telemetry) {
    this.handler = Objects.requireNonNull(handler);
    this.tracer = telemetry.getTracer("dev.heddle");
    this.propagator = telemetry.getPropagators().getTextMapPropagator();
  }

  /// Records the requests of a handler.
  public static Spans of(HttpHandler handler, OpenTelemetry telemetry) {
    return new Spans(handler, telemetry);
  }

  @Override
  public Response handle(Request request) throws Exception {
    Context caller = propagator.extract(Context.current(), request, RequestFields.GETTER);
    Span span =
        tracer
            .spanBuilder(Attributes.method(request))
            .setSpanKind(SpanKind.SERVER)
            .setParent(caller)
            .startSpan();
    Attributes.ofRequest(span, request);
    Context ours = caller.with(span);
    Response response;
    try (Scope _ = ours.makeCurrent()) {
      response = handler.handle(RequestFields.placed(request, ours, propagator));
    } catch (Throwable e) {
      failed(span, request, e);
      throw e;
    }
    if (response instanceof Response.Streaming streaming && writesBody(request, streaming)) {
      return untilWritten(request, streaming, span, ours);
    }
    end(span, request, response.status());
    return response;
  }

  private static boolean writesBody(Request request, Response.Streaming response) {
    int code = response.status().code();
    return !request.method().equals("HEAD") && code != 204 && code != 304;
  }

  private static Response untilWritten(
      Request request, Response.Streaming response, Span span, Context context) {
    return new Response.Streaming(
        response.status(),
        response.headers(),
        response.length(),
        out -> {
          try (Scope _ = context.makeCurrent()) {
            response.body().writeTo(out);
          } catch (Throwable e) {
            failed(span, request, e);
            throw e;
          }
          end(span, request, response.status());
        },
        response.trailers());
  }

  private static void failed(Span span, Request request, Throwable cause) {
    if (cause instanceof ProtocolException refusal) {
      end(span, request, refusal.status());
      return;
    }
    span.recordException(cause);
    Attributes.ofFailure(span, request, cause);
    span.end();
  }

  private static void end(Span span, Request request, Status status) {
    Attributes.ofResponse(span, request, status);
    span.end();
  }
}
