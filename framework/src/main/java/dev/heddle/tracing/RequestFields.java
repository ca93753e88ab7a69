package dev.heddle.tracing;

import dev.heddle.http.Request;
import dev.heddle.http.TraceContext;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How propagators read a request's fields, and write those of the request that is passed on.
enum RequestFields implements TextMapGetter<Request> {
  GETTER;

  @Override
  public Iterable<String> keys(Request request) {
    List<String> names = new ArrayList<>();
    request.headers().forEach(field -> names.add(field.name()));
    return names;
  }

  /// Of the fields of W3C Trace Context only what is valid: propagators are less strict.
  @Override
  public @Nullable String get(@Nullable Request request, String name) {
    if (request == null) {
      return null;
    }
    TraceContext context = request.traceContext();
    return switch (name) {
      case "traceparent" -> context == null ? null : context.traceparent();
      case "tracestate" -> context == null || context.state().isEmpty() ? null : context.state();
      default -> {
        List<String> all = request.headers().all(name);
        yield all.isEmpty() ? null : String.join(",", all);
      }
    };
  }

  /// The request with what the propagators write of a context, in place of what its caller wrote.
  static Request placed(Request request, Context context, TextMapPropagator propagator) {
    Map<String, String> fields = new LinkedHashMap<>();
    propagator.inject(context, fields, (map, name, value) -> map.put(name, value));
    Request placed = request;
    for (String name : propagator.fields()) {
      placed = placed.without(name);
    }
    for (Map.Entry<String, String> field : fields.entrySet()) {
      placed = placed.without(field.getKey()).with(field.getKey(), field.getValue());
    }
    return placed;
  }
}
