package dev.heddle.demo.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.heddle.http.Request;
import dev.heddle.http.Response;
import java.time.Duration;

/// A stream of lines without an end, a chunk each, until the peer leaves or the server closes.
final class Ticks {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private Ticks() {}

  static Response stream(Request request) {
    return Response.stream(
        "text/plain; charset=utf-8",
        out -> {
          for (long i = 1; !request.isServerClosing(); i++) {
            out.write(("tick " + i + "\n").getBytes(US_ASCII));
            out.flush();
            Thread.sleep(PAUSE);
          }
        });
  }
}
