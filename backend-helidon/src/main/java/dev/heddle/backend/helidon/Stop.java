package dev.heddle.backend.helidon;

import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// How a listener of Helidon's is stopped without losing a connection.
///
/// Helidon closes its socket and at once interrupts the thread that accepts. Where that thread has
/// a connection in hand by then, the JDK throws, and the connection stays open for ever, known to
/// nobody. So that thread is held while it does not accept, and is woken by a connection of our own
/// if none comes:
///
/// ```
///   closer:     knock ------> await held                 stop, await closed -> release
///   accepting:          accept -> hold ------------------------------------------> refuse, end
/// ```
final class Stop {
  private static final long LIMIT_SECONDS = 1;

  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  /// Holds the accepting thread until Helidon has stopped. Interrupts are Helidon's, and nothing to
  /// us.
  void hold() {
    held.countDown();
    boolean wait = true;
    while (wait) {
      try {
        released.await();
        wait = false;
      } catch (InterruptedException e) {
        // it stops: to be released soon
      }
    }
  }

  /// Stops the server, and returns when the address is free. Its connections stay, and a thread
  /// that waits for them on Helidon's behalf.
  void run(WebServer server, ServerSocketChannel listener) {
    try {
      if (listener.isOpen()) {
        hold(listener);
        Thread.ofVirtual().name("heddle-helidon-stop").start(server::stop);
        awaitClosed(listener);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close(listener);
      released.countDown();
    }
  }

  private void hold(ServerSocketChannel listener) throws InterruptedException {
    try (SocketChannel knock = open(listener.getLocalAddress())) {
      knock.configureBlocking(false);
      knock.connect(near(listener.getLocalAddress()));
      held.await(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (IOException e) {
      // No descriptor is left: the thread waits for one, and not in accept.
    }
  }

  private static SocketChannel open(SocketAddress address) throws IOException {
    return address instanceof UnixDomainSocketAddress
        ? SocketChannel.open(StandardProtocolFamily.UNIX)
        : SocketChannel.open();
  }

  /// How the address is reached from here.
  private static SocketAddress near(SocketAddress address) {
    return address instanceof InetSocketAddress inet && inet.getAddress().isAnyLocalAddress()
        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), inet.getPort())
        : address;
  }

  private static void awaitClosed(ServerSocketChannel listener) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (listener.isOpen() && System.nanoTime() - end < 0) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  /// Closes it, or returns when whoever came first has.
  private static void close(ServerSocketChannel listener) {
    try {
      listener.close();
    } catch (IOException e) {
      // closed all the same
    }
  }
}
