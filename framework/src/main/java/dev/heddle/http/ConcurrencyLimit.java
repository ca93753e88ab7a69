package dev.heddle.http;

import java.time.Duration;
import java.util.Objects;

/// Lets only so many requests into a handler at a time, and answers the others at once with 503 and
/// `Retry-After`: a server that does what it can, and no more, stays quick for those whom it
/// serves.
///
/// ```java
/// HttpHandler handler = ConcurrencyLimit.of(routes, 200);         // never more than 200
/// HttpHandler handler = ConcurrencyLimit.adaptive(routes);        // as many as stay quick
/// ```
///
/// A request counts for as long as its handler takes, not for as long as its body is sent. The
/// adaptive limit compares times: put one around each group of handlers that take about as long as
/// each other.
///
/// Some may wait for a place, so that a short burst is not refused: few, and not for long, as who
/// waits holds memory and a client that gives up is served in vain.
public final class ConcurrencyLimit implements HttpHandler {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final HttpHandler handler;
  private final Gate gate;

  private ConcurrencyLimit(HttpHandler handler, Gate gate) {
    this.handler = Objects.requireNonNull(handler);
    this.gate = gate;
  }

  /// A limit that stays, and nobody waits.
  ///
  /// @param most from 1
  /// @throws IllegalArgumentException if it is not
  public static HttpHandler of(HttpHandler handler, int most) {
    return of(handler, most, 0, Duration.ZERO);
  }

  /// A limit that stays.
  ///
  /// @param most from 1
  /// @param waiting how many may wait for a place; 0: none
  /// @param patience how long; then the request is refused
  /// @throws IllegalArgumentException naming the value that is out of its range
  public static HttpHandler of(HttpHandler handler, int most, int waiting, Duration patience) {
    HttpLimits.check(most >= 1, "most", most, "a number from 1");
    HttpLimits.check(waiting >= 0, "waiting", waiting, "a number from 0");
    return new ConcurrencyLimit(handler, new Gate(Limit.fixed(most), waiting, patience));
  }

  /// A limit that follows the times that the handler takes, between 4 and 10,000; nobody waits.
  public static HttpHandler adaptive(HttpHandler handler) {
    return adaptive(handler, 4, 10_000);
  }

  /// A limit that follows the times that the handler takes: see [AdaptiveLimit].
  ///
  /// @param least that are let in, however long they take; from 1
  /// @param most that are let in, however quick they are; from `least`
  /// @throws IllegalArgumentException naming the value that is out of its range
  public static HttpHandler adaptive(HttpHandler handler, int least, int most) {
    HttpLimits.check(least >= 1, "least", least, "a number from 1");
    HttpLimits.check(most >= least, "most", most, "a number from least");
    return new ConcurrencyLimit(
        handler, new Gate(new AdaptiveLimit(least, most), 0, Duration.ZERO));
  }

  @Override
  public Response handle(Request request) throws Exception {
    if (!gate.enter()) {
      return Response.text(Status.SERVICE_UNAVAILABLE, "503 Service Unavailable\n")
          .with("Retry-After", Long.toString(RETRY_AFTER.toSeconds()));
    }
    long since = System.nanoTime();
    try {
      return handler.handle(request);
    } finally {
      gate.leave(since, System.nanoTime());
    }
  }
}
