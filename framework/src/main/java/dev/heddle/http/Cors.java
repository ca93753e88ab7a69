package dev.heddle.http;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Lets pages of other origins read the answers of a handler (Fetch Standard, section 3.2), and
/// answers their preflight requests.
///
/// @param handler who answers
/// @param origins that may read, as `https://example.org`; with `*` all, but then without
///   credentials
/// @param methods that a preflight allows
/// @param headers that a preflight allows
/// @param credentials whether cookies are sent along
/// @param maxAge for how long a preflight's answer holds
public record Cors(
    HttpHandler handler,
    Set<String> origins,
    List<String> methods,
    List<String> headers,
    boolean credentials,
    Duration maxAge)
    implements HttpHandler {

  /// Keeps copies of the lists.
  ///
  /// @throws IllegalArgumentException if credentials are allowed, and origins are `*`
  public Cors {
    Objects.requireNonNull(handler);
    origins = Set.copyOf(origins);
    methods = List.copyOf(methods);
    headers = List.copyOf(headers);
    if (credentials && origins.contains("*")) {
      throw new IllegalArgumentException("credentials are not for all origins: name them");
    }
  }

  /// Lets some origins use the common methods, with JSON, without credentials.
  public static Cors of(HttpHandler handler, String... origins) {
    List<String> methods = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    List<String> headers = List.of("Content-Type", "Authorization");
    return new Cors(handler, Set.of(origins), methods, headers, false, Duration.ofMinutes(10));
  }

  @Override
  public Response handle(Request request) throws Exception {
    String origin = request.header("Origin");
    boolean preflight =
        request.method().equals("OPTIONS")
            && origin != null
            && request.headers().contains("Access-Control-Request-Method");
    Response response = preflight ? preflight() : handler.handle(request);
    return origin == null ? varied(response) : allow(response, origin);
  }

  private Response preflight() {
    return Response.status(Status.NO_CONTENT)
        .with("Access-Control-Allow-Methods", String.join(", ", methods))
        .with("Access-Control-Allow-Headers", String.join(", ", headers))
        .with("Access-Control-Max-Age", Long.toString(maxAge.toSeconds()));
  }

  private Response allow(Response response, String origin) {
    if (origins.contains("*")) {
      return response.with("Access-Control-Allow-Origin", "*");
    }
    if (!origins.contains(origin)) {
      return varied(response);
    }
    Response allowed = varied(response).with("Access-Control-Allow-Origin", origin);
    return credentials ? allowed.with("Access-Control-Allow-Credentials", "true") : allowed;
  }

  private Response varied(Response response) {
    return origins.contains("*") ? response : response.with("Vary", "Origin");
  }
}
