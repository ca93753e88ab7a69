package dev.heddle.benchmarks.baselines;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// HTTP on Jetty 12's core, its blocking handlers on virtual threads.
public final class JettyHttp extends Handler.Abstract {
  private static final int BACKLOG = 4096;
  private static final HttpField TEXT =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, HttpPaths.TEXT);
  private static final HttpField BYTES =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, HttpPaths.BYTES);

  private static final ByteBuffer HELLO = direct(HttpPaths.HELLO_BYTES);
  private static final ByteBuffer DOWNLOAD = direct(new byte[HttpPaths.DOWNLOAD_LENGTH]);

  private JettyHttp() {}

  private static ByteBuffer direct(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip().asReadOnlyBuffer();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String path = Request.getPathInContext(request);
    switch (path) {
      case HttpPaths.PLAINTEXT -> answer(response, TEXT, HELLO.slice(), callback);
      case HttpPaths.ECHO ->
          answer(response, BYTES, Content.Source.asByteBuffer(request), callback);
      case HttpPaths.DOWNLOAD -> answer(response, BYTES, DOWNLOAD.slice(), callback);
      default -> {
        if (!path.startsWith(HttpPaths.SLEEP)) {
          Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
          return true;
        }
        Thread.sleep(HttpPaths.millis(path));
        answer(response, TEXT, HELLO.slice(), callback);
      }
    }
    return true;
  }

  private static void answer(
      Response response, HttpField type, ByteBuffer content, Callback callback) {
    response.setStatus(HttpStatus.OK_200);
    response.getHeaders().put(type);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, content.remaining());
    response.write(true, content, callback);
  }

  static BaselineCommand.Server server() {
    return (address, listening) -> {
      QueuedThreadPool threads = new QueuedThreadPool();
      threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
      Server server = new Server(threads);
      HttpConfiguration configuration = new HttpConfiguration();
      configuration.setSendServerVersion(true);
      configuration.setSendDateHeader(true);
      // One acceptor and one selector: the server has one processor.
      ServerConnector connector =
          new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
      connector.setHost(address.getHostString());
      connector.setPort(address.getPort());
      connector.setAcceptQueueSize(BACKLOG);
      connector.setIdleTimeout(0);
      server.addConnector(connector);
      server.setHandler(new JettyHttp());
      server.start();
      try {
        listening.accept(new InetSocketAddress(address.getAddress(), connector.getLocalPort()));
        server.join();
      } finally {
        server.stop();
      }
    };
  }

  /// Serves until the process is ended.
  public static void main(String[] args) {
    BaselineCommand.run("jetty-http", args, server());
  }
}
