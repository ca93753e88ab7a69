package dev.heddle.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One search for the route of a path.
final class RouteMatch {
  private final List<String> segments;
  private final List<String> values = new ArrayList<>(4);
  private final Set<String> methods = new HashSet<>(4);

  RouteMatch(List<String> segments) {
    this.segments = segments;
  }

  /// The route that is more literal further left, or null.
  @Nullable Route find(RouteNode root, String method) {
    return find(root, 0, method);
  }

  private @Nullable Route find(RouteNode node, int at, String method) {
    Route route =
        at == segments.size() ? node.route(method, false, methods) : next(node, at, method);
    return route != null ? route : node.route(method, true, methods);
  }

  private @Nullable Route next(RouteNode node, int at, String method) {
    String segment = segments.get(at);
    RouteNode literal = node.literal(segment);
    Route route = literal == null ? null : find(literal, at + 1, method);
    RouteNode parameter = node.parameter();
    if (route != null || parameter == null || segment.isEmpty()) {
      return route;
    }
    values.add(segment);
    route = find(parameter, at + 1, method);
    if (route == null) {
      values.removeLast();
    }
    return route;
  }

  /// The methods that are served where the path leads.
  Set<String> methods() {
    return methods;
  }

  /// The request as the route's handler sees it.
  Request apply(Request request, Route route) {
    if (route.parameters().isEmpty() && route.consumed() < 0) {
      return request;
    }
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < route.parameters().size(); i++) {
      parameters.put(route.parameters().get(i), values.get(i));
    }
    return request.matched(parameters, Math.max(route.consumed(), 0));
  }
}
