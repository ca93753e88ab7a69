package dev.heddle.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.JarFile;

/// Runs the program of the jar that it is in, visits it once, and ends it. What the JVM sees
/// meanwhile it can keep in a cache, so that the program starts quickly from then on (JEP 514):
///
/// ```
/// java -XX:AOTCacheOutput=demo.aot -cp demo.jar dev.heddle.launcher.Rehearsal
/// ```
///
/// `./heddle` does so when it has built a demo.
final class Rehearsal {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final String VISIT =
      "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

  private Rehearsal() {}

  static void main(String[] args) throws IOException, ReflectiveOperationException {
    int port = freePort();
    Thread.ofPlatform().daemon().start(() -> visitAndEnd(port));
    Class.forName(programOf(System.getProperty("java.class.path")))
        .getMethod("main", String[].class)
        .invoke(null, (Object) new String[] {"--host=127.0.0.1", "--port=" + port});
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }

  private static String programOf(String jar) throws IOException {
    try (JarFile file = new JarFile(jar)) {
      return file.getManifest().getMainAttributes().getValue("Main-Class");
    }
  }

  private static void visitAndEnd(int port) {
    try (Socket socket = connect(port)) {
      socket.getOutputStream().write(VISIT.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    System.exit(0);
  }

  private static Socket connect(int port) throws IOException {
    for (long since = System.nanoTime(); ; ) {
      try {
        return new Socket(InetAddress.getLoopbackAddress(), port);
      } catch (IOException e) {
        if (System.nanoTime() - since > PATIENCE_NANOS) {
          throw e;
        }
        LockSupport.parkNanos(10_000_000);
      }
    }
  }
}
