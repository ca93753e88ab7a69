package dev.heddle;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Timeout;

/// Who connects at the moment in which a server closes is served or sent away, and never left
/// hanging.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LateClientsTest {
  private static final int CLIENTS = 6;
  private static final int ROUNDS = 40;

  @OverBackends
  void nobodyIsLeftHangingByAServerThatCloses(TestBackends backend) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      CountDownLatch coming = new CountDownLatch(CLIENTS);
      Server server = backend.serve(c -> c.output().write(c.input().read()));
      SocketAddress address = server.localAddress();
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(Thread.startVirtualThread(() -> comeUntilRefused(address, coming)));
      }
      coming.await();
      server.close(Duration.ofMillis(500));
      for (Thread client : clients) {
        client.join();
      }
    }
  }

  /// Comes again and again, and stays until the server ends each connection.
  private static void comeUntilRefused(SocketAddress address, CountDownLatch coming) {
    for (; ; ) {
      try (SocketChannel channel = SocketChannel.open()) {
        channel.connect(address);
        coming.countDown();
        readToTheEnd(channel);
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void readToTheEnd(SocketChannel channel) {
    try {
      channel.write(ByteBuffer.wrap(new byte[] {1}));
      ByteBuffer dst = ByteBuffer.allocate(10);
      while (channel.read(dst.clear()) >= 0) {}
    } catch (IOException e) {
      // sent away, and not gently: the next attempt tells whether the server is gone
    }
  }
}
