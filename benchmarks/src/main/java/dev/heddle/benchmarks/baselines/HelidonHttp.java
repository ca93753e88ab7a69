package dev.heddle.benchmarks.baselines;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/// HTTP/1.1 by Helidon alone: its listener, its codec, its routing. Labelled `helidon-stack`, as
/// the backend `helidon` has its listener, and our codec.
public final class HelidonHttp {
  private static final byte[] DOWNLOAD = new byte[HttpPaths.DOWNLOAD_LENGTH];
  private static final Header TEXT =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, HttpPaths.TEXT);
  private static final Header BYTES =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, HttpPaths.BYTES);

  private HelidonHttp() {}

  private static HttpRouting.Builder routing() {
    return HttpRouting.builder()
        .get(HttpPaths.PLAINTEXT, (_, response) -> hello(response))
        .post(HttpPaths.ECHO, HelidonHttp::echo)
        .get(HttpPaths.DOWNLOAD, (_, response) -> response.header(BYTES).send(DOWNLOAD))
        .get(HttpPaths.SLEEP + "{millis}", HelidonHttp::sleep);
  }

  private static void hello(ServerResponse response) {
    response.header(TEXT).send(HttpPaths.HELLO_BYTES);
  }

  private static void echo(ServerRequest request, ServerResponse response) {
    response.header(BYTES).send(request.content().as(byte[].class));
  }

  private static void sleep(ServerRequest request, ServerResponse response)
      throws InterruptedException {
    Thread.sleep(Long.parseLong(request.path().pathParameters().get("millis")));
    hello(response);
  }

  static BaselineCommand.Server server() {
    return HelidonServer.serving(builder -> builder.routing(routing()));
  }

  /// Serves until the process is ended.
  public static void main(String[] args) {
    BaselineCommand.run("helidon-http", args, server());
  }
}
