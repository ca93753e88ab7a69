package dev.heddle.benchmarks.baselines;

import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/// Helidon as its documentation tunes it: it says that its defaults will do, and they do but for
/// TCP_NODELAY, which Helidon leaves off.
final class HelidonServer {
  private static final int BACKLOG = 4096;

  private HelidonServer() {}

  /// Serves by the routing that `routing` adds.
  static BaselineCommand.Server serving(Consumer<WebServerConfig.Builder> routing) {
    return (address, listening) -> {
      WebServer server = start(address, routing);
      try {
        listening.accept(new InetSocketAddress(address.getAddress(), server.port()));
        new CountDownLatch(1).await(); // until this thread is interrupted
      } finally {
        server.stop();
      }
    };
  }

  private static WebServer start(
      InetSocketAddress address, Consumer<WebServerConfig.Builder> routing) {
    return WebServer.builder()
        .bindAddress(address)
        .backlog(BACKLOG)
        .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
        .shutdownHook(false)
        .update(routing)
        .build()
        .start();
  }
}
