package dev.heddle.benchmarks.baselines;

import dev.heddle.http.Http1;
import dev.heddle.http.HttpOptions;
import dev.heddle.http.Request;
import dev.heddle.http.Response;
import dev.heddle.http.Status;
import dev.heddle.launcher.Launcher;
import java.time.Duration;

/// Heddle's own HTTP with the barest handler, on any backend: what the codec costs, where the demo
/// has statistics, routes and a page to pay for.
public final class HeddleHttp {
  private static final byte[] DOWNLOAD = new byte[HttpPaths.DOWNLOAD_LENGTH];

  /// Connections last as long as those of the others, used or idle.
  private static final HttpOptions OPTIONS =
      HttpOptions.builder()
          .keepAliveTimeout(Duration.ZERO)
          .keepAliveRequests(0)
          .server("heddle")
          .build();

  private HeddleHttp() {}

  static Response handle(Request request) throws Exception {
    String path = request.path();
    return switch (path) {
      case HttpPaths.PLAINTEXT -> Response.text(HttpPaths.HELLO);
      case HttpPaths.ECHO -> Response.bytes(HttpPaths.BYTES, request.body().bytes());
      case HttpPaths.DOWNLOAD -> Response.bytes(HttpPaths.BYTES, DOWNLOAD);
      default -> path.startsWith(HttpPaths.SLEEP) ? sleep(path) : Response.status(Status.NOT_FOUND);
    };
  }

  private static Response sleep(String path) throws InterruptedException {
    Thread.sleep(HttpPaths.millis(path));
    return Response.text(HttpPaths.HELLO);
  }

  /// Serves until told to end, with the launcher's flags.
  public static void main(String[] args) {
    Launcher.named("heddle-http")
        .describedAs("HTTP by the barest handler.")
        .serve(Http1.of(HeddleHttp::handle, OPTIONS))
        .run(args);
  }
}
