package dev.heddle.metrics;

import dev.heddle.ServedRequest;
import java.util.Set;

/// By what requests are told apart: of each label there are few values, whatever peers send.
///
/// @param protocol as in `HTTP/1.1`
/// @param method one of RFC 9110 or RFC 5789; [#OTHER] for all that are not
/// @param route the template, as in `/users/{id}`; [#UNMATCHED] if there was none
/// @param status the class, as in `2xx`; [#NONE] if no answer was begun
public record RequestLabels(String protocol, String method, String route, String status) {
  /// In place of a method that is not known.
  public static final String OTHER = "_OTHER";

  /// In place of the route of a request that took none.
  public static final String UNMATCHED = "(unmatched)";

  /// In place of the status of a request that got none.
  public static final String NONE = "none";

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE");
  private static final String[] CLASSES = {NONE, "1xx", "2xx", "3xx", "4xx", "5xx"};

  /// The labels of a request.
  public static RequestLabels of(ServedRequest request) {
    return new RequestLabels(
        request.protocol(),
        METHODS.contains(request.method()) ? request.method() : OTHER,
        request.route().isEmpty() ? UNMATCHED : request.route(),
        CLASSES[request.status() / 100]);
  }

  /// The same for a route of which there turned out to be too many.
  RequestLabels withoutRoute() {
    return new RequestLabels(protocol, method, OTHER, status);
  }
}
