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

  /// Of the parameters, so far. Mutable once there is one: most routes have none.
  private List<String> values = List.of();

  /// What is served instead. Mutable once there is one: most requests find their route.
  private Set<String> methods = Set.of();

  RouteMatch(List<String> segments) {
    this.segments = segments;
  }

  /// The route that is more literal further left, or null.
  @Nullable Route find(RouteNode root, String method) {
    return find(root, 0, method);
  }

  private @Nullable Route find(RouteNode node, int at, String method) {
    Route route = at == segments.size() ? route(node.here(), method) : next(node, at, method);
    return route != null ? route : route(node.below(), method);
  }

  private @Nullable Route route(Map<String, Route> routes, String method) {
    if (routes.isEmpty()) {
      return null;
    }
    Route route = routes.get(method);
    if (route == null && method.equals("HEAD")) {
      route = routes.get("GET");
    }
    if (route == null) {
      route = routes.get(RouteNode.ANY);
    }
    if (route == null) {
      methods = methods.isEmpty() ? new HashSet<>() : methods;
      methods.addAll(routes.keySet());
    }
    return route;
  }

  private @Nullable Route next(RouteNode node, int at, String method) {
    String segment = segments.get(at);
    RouteNode literal = node.literal(segment);
    Route route = literal == null ? null : find(literal, at + 1, method);
    RouteNode parameter = node.parameter();
    if (route != null || parameter == null || segment.isEmpty()) {
      return route;
    }
    values = values.isEmpty() ? new ArrayList<>(4) : values;
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
