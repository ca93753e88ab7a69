package dev.heddle.benchmarks.baselines;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// HTTP by the JDK's own server, each exchange on a virtual thread.
public final class JdkHttp {
  private static final int BACKLOG = 4096;
  private static final byte[] DOWNLOAD = new byte[HttpPaths.DOWNLOAD_LENGTH];

  private JdkHttp() {}

  /// What its documentation has as properties: no Nagle, and connections that may be idle, as many
  /// and as long as they like.
  private static void configure() {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "1000000");
    System.setProperty("sun.net.httpserver.idleInterval", "100000");
  }

  static BaselineCommand.Server server() {
    return (address, listening) -> {
      configure();
      HttpServer server = HttpServer.create(address, BACKLOG);
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        server.setExecutor(threads);
        server.createContext("/", JdkHttp::handle);
        server.start();
        listening.accept(server.getAddress());
        new CountDownLatch(1).await(); // until this thread is interrupted
      } finally {
        server.stop(0);
      }
    };
  }

  private static void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      switch (path) {
        case HttpPaths.PLAINTEXT -> answer(exchange, 200, HttpPaths.TEXT, HttpPaths.HELLO_BYTES);
        case HttpPaths.ECHO ->
            answer(exchange, 200, HttpPaths.BYTES, exchange.getRequestBody().readAllBytes());
        case HttpPaths.DOWNLOAD -> answer(exchange, 200, HttpPaths.BYTES, DOWNLOAD);
        default -> {
          if (path.startsWith(HttpPaths.SLEEP)) {
            Thread.sleep(HttpPaths.millis(path));
            answer(exchange, 200, HttpPaths.TEXT, HttpPaths.HELLO_BYTES);
          } else {
            answer(exchange, 404, HttpPaths.TEXT, new byte[0]);
          }
        }
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, String type, byte[] content)
      throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type);
    exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
    if (content.length > 0) {
      exchange.getResponseBody().write(content);
    }
  }

  /// Serves until the process is ended.
  public static void main(String[] args) {
    BaselineCommand.run("jdk-http", args, server());
  }
}
