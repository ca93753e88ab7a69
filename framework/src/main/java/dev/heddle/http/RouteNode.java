package dev.heddle.http;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A place in the tree of a [Router]'s patterns: what is served there, and what may follow.
final class RouteNode {
  /// In place of a method: all that have no route of their own.
  static final String ANY = "*";

  private final Map<String, RouteNode> literals = new HashMap<>();
  private final Map<String, Route> here = new HashMap<>();
  private final Map<String, Route> below = new HashMap<>();
  private @Nullable RouteNode parameter;

  /// The place behind a segment, made if need be.
  ///
  /// @param literal or null for a parameter
  RouteNode child(@Nullable String literal) {
    if (literal != null) {
      return literals.computeIfAbsent(literal, _ -> new RouteNode());
    }
    RouteNode known = parameter;
    if (known == null) {
      known = new RouteNode();
      parameter = known;
    }
    return known;
  }

  /// Serves a method here, or here and everywhere below.
  ///
  /// @return false if one is served already
  boolean put(String method, Route route, boolean rest) {
    return (rest ? below : here).putIfAbsent(method, route) == null;
  }

  @Nullable RouteNode literal(String segment) {
    return literals.get(segment);
  }

  @Nullable RouteNode parameter() {
    return parameter;
  }

  /// What is served here, by method.
  Map<String, Route> here() {
    return here;
  }

  /// What is served here and everywhere below, by method.
  Map<String, Route> below() {
    return below;
  }

  /// Whether all methods are served somewhere here or below.
  boolean servesAnyMethod() {
    if (here.containsKey(ANY) || below.containsKey(ANY)) {
      return true;
    }
    RouteNode next = parameter;
    return (next != null && next.servesAnyMethod())
        || literals.values().stream().anyMatch(RouteNode::servesAnyMethod);
  }
}
