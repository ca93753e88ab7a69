package dev.heddle.demo.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// An nginx or HAProxy of the system's, with a configuration of the test's, on a free port of the
/// loopback interface.
record RunningProxy(Process process, int port) implements AutoCloseable {
  private static final int ATTEMPTS = 5;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private static final String NGINX =
      """
      daemon off;
      master_process off;
      pid %FOLDER%/nginx.pid;
      error_log stderr crit;
      events { worker_connections 256; }
      http {
        access_log off;
        client_body_temp_path %FOLDER%/body;
        proxy_temp_path %FOLDER%/proxy;
        fastcgi_temp_path %FOLDER%/fastcgi;
        uwsgi_temp_path %FOLDER%/uwsgi;
        scgi_temp_path %FOLDER%/scgi;
        %REST%
      }
      """;

  private static final String HAPROXY =
      """
      global
        maxconn 256
      defaults
        timeout connect 5s
        timeout client 30s
        timeout server 30s
        timeout tunnel 30s
      %REST%
      """;

  /// Starts nginx.
  ///
  /// @param http what stands in the block `http`; `%PORT%` is the port to listen on
  static RunningProxy nginx(Path folder, String http) throws IOException {
    Path file = folder.resolve("nginx.conf");
    return start(
        port -> {
          Files.writeString(
              file,
              NGINX
                  .replace("%FOLDER%", folder.toString())
                  .replace("%REST%", http.replace("%PORT%", port)));
          return List.of("nginx", "-p", folder.toString(), "-e", "stderr", "-c", file.toString());
        });
  }

  /// Starts HAProxy.
  ///
  /// @param sections what stands behind `defaults`; `%PORT%` is the port to listen on
  static RunningProxy haproxy(Path folder, String sections) throws IOException {
    Path file = folder.resolve("haproxy.cfg");
    return start(
        port -> {
          Files.writeString(file, HAPROXY.replace("%REST%", sections.replace("%PORT%", port)));
          return List.of("haproxy", "-db", "-f", file.toString());
        });
  }

  /// Writes the configuration for a port.
  @FunctionalInterface
  private interface Configuration {
    List<String> commandFor(String port) throws IOException;
  }

  /// A port that is free now may be taken by the time the proxy binds it: then another is tried.
  private static RunningProxy start(Configuration configuration) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = freePort();
      List<String> command = configuration.commandFor(Integer.toString(port));
      RunningProxy proxy = new RunningProxy(new ProcessBuilder(command).inheritIO().start(), port);
      if (proxy.isListening()) {
        return proxy;
      }
    }
    throw new IOException("the proxy does not start: see what it says above");
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  private boolean isListening() {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (process.isAlive() && System.nanoTime() - end < 0) {
      try {
        connect().close();
        return true;
      } catch (IOException e) {
        Thread.onSpinWait();
      }
    }
    close();
    return false;
  }

  Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  URI uri(String target) {
    return URI.create("http://127.0.0.1:" + port + target);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
