package dev.heddle.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Picks a handler by method and path:
///
/// ```java
/// Router.builder()
///     .get("/users/{id}", request -> user(request.pathParameter("id")))
///     .post("/users", this::add)
///     .any("/files/**", StaticFiles.of(root))
///     .build()
/// ```
///
/// A pattern is compared with the decoded path, segment by segment: `{name}` stands for one segment
/// that is not empty, a last `**` for any number of them. Where several patterns match, the one
/// that is more literal further left wins. Dot segments are not resolved, and so match no literal.
///
/// It answers by itself: HEAD by the handler of GET; OPTIONS with `Allow`; 405 with `Allow` if only
/// other methods are served there; 501 to a method nobody here has heard of; else 404.
///
/// Threading: immutable once built.
public final class Router implements HttpHandler {
  private static final Set<String> KNOWN_METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final RouteNode root;
  private final Set<String> methods;
  private final HttpHandler notFound;

  private Router(RouteNode root, Set<String> methods, HttpHandler notFound) {
    this.root = root;
    this.methods = methods;
    this.notFound = notFound;
  }

  /// A builder without routes.
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Response handle(Request request) throws Exception {
    String method = request.method();
    if (request.target().form() == RequestTarget.Form.ASTERISK) {
      return allow(Status.NO_CONTENT, methods);
    }
    if (!KNOWN_METHODS.contains(method) && !methods.contains(method) && !root.servesAnyMethod()) {
      return Response.text(Status.NOT_IMPLEMENTED, "501 Not Implemented\n");
    }
    RouteMatch match = new RouteMatch(request.remaining());
    Route route = match.find(root, method);
    if (route != null) {
      request.takeRoute(route.template());
      return route.handler().handle(match.apply(request, route));
    }
    return match.methods().isEmpty() ? notFound.handle(request) : otherMethod(method, match);
  }

  private static Response otherMethod(String method, RouteMatch match) {
    return method.equals("OPTIONS")
        ? allow(Status.NO_CONTENT, match.methods())
        : allow(Status.METHOD_NOT_ALLOWED, match.methods());
  }

  private static Response allow(Status status, Set<String> served) {
    Set<String> all = new TreeSet<>(served);
    if (all.contains("GET")) {
      all.add("HEAD");
    }
    all.add("OPTIONS");
    return Response.status(status).with("Allow", String.join(", ", all));
  }

  /// Collects routes. Not for several threads at once.
  public static final class Builder {
    private final RouteNode root = new RouteNode();
    private final Set<String> methods = new TreeSet<>();
    private HttpHandler notFound = _ -> Response.text(Status.NOT_FOUND, "404 Not Found\n");

    private Builder() {}

    /// Serves GET, and HEAD.
    ///
    /// @throws IllegalArgumentException as [#route]
    public Builder get(String pattern, HttpHandler handler) {
      return route("GET", pattern, handler);
    }

    /// Serves POST.
    ///
    /// @throws IllegalArgumentException as [#route]
    public Builder post(String pattern, HttpHandler handler) {
      return route("POST", pattern, handler);
    }

    /// Serves PUT.
    ///
    /// @throws IllegalArgumentException as [#route]
    public Builder put(String pattern, HttpHandler handler) {
      return route("PUT", pattern, handler);
    }

    /// Serves PATCH.
    ///
    /// @throws IllegalArgumentException as [#route]
    public Builder patch(String pattern, HttpHandler handler) {
      return route("PATCH", pattern, handler);
    }

    /// Serves DELETE.
    ///
    /// @throws IllegalArgumentException as [#route]
    public Builder delete(String pattern, HttpHandler handler) {
      return route("DELETE", pattern, handler);
    }

    /// Serves a method.
    ///
    /// @param method case-sensitive, as in `GET`
    /// @param pattern as in `/users/{id}`: see [Router]
    /// @throws IllegalArgumentException if the pattern is malformed, or already has this method
    public Builder route(String method, String pattern, HttpHandler handler) {
      methods.add(method);
      add(method, pattern, handler);
      return this;
    }

    /// Serves all methods that have no route of their own there.
    ///
    /// @throws IllegalArgumentException as [#route]
    public Builder any(String pattern, HttpHandler handler) {
      add(RouteNode.ANY, pattern, handler);
      return this;
    }

    /// Hands all below a path to a handler, which sees what is behind it as [Request#remaining()]:
    /// another router, say. As `any(path + "/**", handler)`.
    ///
    /// @throws IllegalArgumentException as [#route]
    public Builder mount(String path, HttpHandler handler) {
      return any(path.endsWith("/") ? path + "**" : path + "/**", handler);
    }

    /// Answers what no route matches, in place of 404.
    public Builder notFound(HttpHandler handler) {
      notFound = Objects.requireNonNull(handler);
      return this;
    }

    /// The router, which takes the routes over: the builder is not to be used any more.
    public Router build() {
      return new Router(root, Set.copyOf(methods), notFound);
    }

    private void add(String method, String pattern, HttpHandler handler) {
      if (!pattern.startsWith("/")) {
        throw malformed(pattern);
      }
      List<String> parameters = new ArrayList<>();
      RouteNode node = root;
      String[] segments = pattern.substring(1).split("/", -1);
      boolean rest = segments[segments.length - 1].equals("**");
      for (int i = 0; i < segments.length - (rest ? 1 : 0); i++) {
        node = node.child(segment(segments[i], pattern, parameters));
      }
      Route route =
          new Route(
              pattern,
              Objects.requireNonNull(handler),
              List.copyOf(parameters),
              rest ? segments.length - 1 : -1);
      if (!node.put(method, route, rest)) {
        throw new IllegalArgumentException("the route " + pattern + " is there already");
      }
    }

    /// @return the literal, or null of a parameter
    private static @Nullable String segment(String text, String pattern, List<String> parameters) {
      if (text.startsWith("{") && text.endsWith("}") && text.length() > 2) {
        String name = text.substring(1, text.length() - 1);
        if (parameters.contains(name)) {
          throw malformed(pattern);
        }
        parameters.add(name);
        return null;
      }
      if (text.contains("{") || text.contains("}") || text.contains("*")) {
        throw malformed(pattern);
      }
      return text;
    }

    private static IllegalArgumentException malformed(String pattern) {
      return new IllegalArgumentException("the pattern " + pattern + " is malformed");
    }
  }
}
