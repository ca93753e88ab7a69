package dev.heddle.benchmarks.baselines;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// HTTP on Vert.x 5, whose handlers run on its event loop: nothing in them blocks.
public final class VertxHttp {
  private static final int BACKLOG = 4096;
  private static final long PATIENCE_SECONDS = 10;
  private static final CharSequence SERVER = HttpHeaders.createOptimized("vert.x");
  private static final CharSequence TEXT = HttpHeaders.createOptimized(HttpPaths.TEXT);
  private static final CharSequence BYTES = HttpHeaders.createOptimized(HttpPaths.BYTES);
  private static final Buffer HELLO = Buffer.buffer(HttpPaths.HELLO_BYTES);
  private static final Buffer DOWNLOAD = Buffer.buffer(new byte[HttpPaths.DOWNLOAD_LENGTH]);

  private final Vertx vertx;
  private CharSequence date = now(); // belongs to the event loop

  private VertxHttp(Vertx vertx) {
    this.vertx = vertx;
  }

  private static CharSequence now() {
    return HttpHeaders.createOptimized(HttpPaths.date());
  }

  private void handle(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    response.putHeader(HttpHeaders.SERVER, SERVER).putHeader(HttpHeaders.DATE, date);
    String path = request.path();
    switch (path) {
      case HttpPaths.PLAINTEXT -> answer(response, TEXT, HELLO);
      case HttpPaths.ECHO -> {
        var _ = request.body().onSuccess(body -> answer(response, BYTES, body));
      }
      case HttpPaths.DOWNLOAD -> answer(response, BYTES, DOWNLOAD);
      default -> {
        if (path.startsWith(HttpPaths.SLEEP)) {
          vertx.setTimer(HttpPaths.millis(path), _ -> answer(response, TEXT, HELLO));
        } else {
          var _ = response.setStatusCode(404).end();
        }
      }
    }
  }

  private static void answer(HttpServerResponse response, CharSequence type, Buffer content) {
    var _ = response.putHeader(HttpHeaders.CONTENT_TYPE, type).end(content);
  }

  /// Listens on the context of one event loop.
  private CompletableFuture<HttpServer> listen(InetSocketAddress address) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(address.getHostString())
            .setPort(address.getPort())
            .setAcceptBacklog(BACKLOG)
            .setHttp2ClearTextEnabled(false);
    CompletableFuture<HttpServer> listening = new CompletableFuture<>();
    Context loop = vertx.getOrCreateContext();
    loop.runOnContext(
        _ -> {
          vertx.setPeriodic(TimeUnit.SECONDS.toMillis(1), _ -> date = now());
          var _ =
              vertx
                  .createHttpServer(options)
                  .requestHandler(this::handle)
                  .listen()
                  .onSuccess(listening::complete)
                  .onFailure(listening::completeExceptionally);
        });
    return listening;
  }

  static BaselineCommand.Server server() {
    return (address, listening) -> {
      // Native epoll where there is one, and one event loop: the server has one processor.
      Vertx vertx =
          Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
      try {
        HttpServer server =
            new VertxHttp(vertx).listen(address).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        listening.accept(new InetSocketAddress(address.getAddress(), server.actualPort()));
        new CountDownLatch(1).await();
      } finally {
        vertx.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    };
  }

  /// Serves until the process is ended.
  public static void main(String[] args) {
    BaselineCommand.run("vertx-http", args, server());
  }
}
