package dev.heddle.demo.http;

import dev.heddle.http.HttpHandler;
import dev.heddle.http.Request;
import dev.heddle.http.Response;
import dev.heddle.http.Router;
import java.io.IOException;
import java.io.OutputStream;

/// Who answers what.
final class Routes {
  /// The most that is echoed, in octets: an echo is held in memory.
  static final long ECHO_LIMIT = 1 << 20;

  private Routes() {}

  /// @param files serves what is below `/files/`
  static HttpHandler of(LiveFeed feed, HttpHandler files) throws IOException {
    return Router.builder()
        .get("/", Page.of("live.html", "text/html; charset=utf-8"))
        .get("/live.js", Page.of("live.js", "text/javascript; charset=utf-8"))
        .get("/style.css", Page.of("style.css", "text/css; charset=utf-8"))
        .get("/icon.svg", Page.of("icon.svg", "image/svg+xml"))
        .get("/events", request -> Response.events(request, feed))
        .get("/plaintext", _ -> Constants.PLAINTEXT)
        .get("/json", _ -> Constants.JSON)
        .get("/headers", HeadersPage::show)
        .get("/sleep/{ms}", Sleep::handle)
        .get("/stream", Ticks::stream)
        .post("/echo", Routes::echo)
        .put("/upload", Routes::upload)
        .any("/files/**", files)
        .build();
  }

  private static Response echo(Request request) throws IOException {
    String type = request.headers().get("Content-Type", "application/octet-stream");
    request.body().limit(ECHO_LIMIT);
    return Response.bytes(type, request.body().bytes());
  }

  private static Response upload(Request request) throws IOException {
    request.body().limit(Long.MAX_VALUE);
    long count = request.body().transferTo(OutputStream.nullOutputStream());
    return Response.json("{\"bytes\":" + count + "}");
  }
}
