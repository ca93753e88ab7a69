package dev.heddle.benchmarks.baselines;

import io.helidon.common.socket.SocketOptions;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/// HTTP/1.1 by Helidon alone: its listener, its codec, its routing. Labelled `helidon-stack`, as
/// the backend `helidon` has its listener, and our codec.
public final class HelidonHttp {
  private static final int BACKLOG = 4096;
  private static final byte[] HELLO = "Hello, World!".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DOWNLOAD = new byte[1 << 20];

  private HelidonHttp() {}

  private static HttpRouting.Builder routing() {
    return HttpRouting.builder()
        .get("/plaintext", (_, response) -> hello(response))
        .post("/echo", HelidonHttp::echo)
        .get("/download", (_, response) -> response.send(DOWNLOAD))
        .get("/sleep/{millis}", HelidonHttp::sleep);
  }

  private static void hello(ServerResponse response) {
    response.header(HeaderNames.CONTENT_TYPE, "text/plain");
    response.send(HELLO);
  }

  private static void echo(ServerRequest request, ServerResponse response) {
    response.send(request.content().as(byte[].class));
  }

  private static void sleep(ServerRequest request, ServerResponse response)
      throws InterruptedException {
    Thread.sleep(Long.parseLong(request.path().pathParameters().get("millis")));
    hello(response);
  }

  /// Helidon's default but for TCP_NODELAY, which it leaves off.
  static WebServer start(InetSocketAddress address, HttpRouting.Builder routing) {
    return WebServer.builder()
        .bindAddress(address)
        .backlog(BACKLOG)
        .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
        .shutdownHook(false)
        .routing(routing)
        .build()
        .start();
  }

  static BaselineCommand.Server server() {
    return (address, listening) -> {
      WebServer server = start(address, routing());
      try {
        listening.accept(new InetSocketAddress(address.getAddress(), server.port()));
        new CountDownLatch(1).await(); // until this thread is interrupted
      } finally {
        server.stop();
      }
    };
  }

  /// Serves until the process is ended.
  public static void main(String[] args) {
    BaselineCommand.run("helidon-http", args, server());
  }
}
