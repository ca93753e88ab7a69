package dev.heddle.demo.http;

import dev.heddle.Rate;
import dev.heddle.http.ErrorPages;
import dev.heddle.http.HandlerTimeout;
import dev.heddle.http.HttpHandler;
import dev.heddle.http.RequestRate;
import java.time.Duration;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Option;

/// How much is asked of the handlers.
final class OverloadFlags {
  @Option(
      names = "--max-concurrent-requests",
      paramLabel = "<n>|auto",
      converter = ConcurrencyConverter.class,
      description =
          "Handled at a time, others have 503; auto: as many as stay quick; 0: any number (default"
              + " 0)")
  UnaryOperator<HttpHandler> concurrency = UnaryOperator.identity();

  @Option(
      names = "--max-request-rate-per-address",
      paramLabel = "<rate>",
      description =
          "Requests from one address, or one /64 of IPv6, as 100/s, others have 429 (default any)")
  Rate requestRate = Rate.UNLIMITED;

  @Option(
      names = "--handler-timeout",
      paramLabel = "<time>",
      description =
          "How long a handler may take, then it is interrupted; 0: for ever (default"
              + " ${DEFAULT-VALUE})")
  Duration handlerTimeout = Duration.ZERO;

  /// Holds the limits around a handler, and gives errors their form.
  HttpHandler around(HttpHandler handler) {
    HttpHandler limited = concurrency.apply(HandlerTimeout.of(handler, handlerTimeout));
    return ErrorPages.of(RequestRate.of(limited, requestRate));
  }
}
