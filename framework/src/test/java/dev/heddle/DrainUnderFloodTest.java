package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Timeout;

/// A peer that never stops sending holds up neither a drain nor a deadline.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DrainUnderFloodTest {

  /// Sends until it can't, on a thread of its own.
  private static Future<?> flood(TestPeer peer) {
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    Callable<Long> task =
        () -> {
          ByteBuffer src = ByteBuffer.allocate(8192);
          for (long sent = 0; ; sent += src.limit()) {
            Bytes.fill(src.clear(), sent);
            try {
              peer.write(src.flip());
            } catch (IOException e) {
              return sent;
            }
          }
        };
    Future<Long> sent = threads.submit(task);
    threads.shutdown();
    return sent;
  }

  @OverBackends
  void aDrainEndsAFloodAndEveryByteThatWasReadComesBack(TestBackends backend) throws Exception {
    Duration grace = Duration.ofSeconds(40);
    Server server =
        TestBackends.serve(
            backend.options().grace(grace).build(), c -> c.input().transferTo(c.output()));
    try (TestPeer peer = TestPeer.connect(server)) {
      Future<?> flood = flood(peer);
      ByteBuffer dst = ByteBuffer.allocate(100_000);
      long received = 0;
      Thread closer = null;
      long begin = System.nanoTime();
      while (tryRead(peer, dst.clear()) >= 0) {
        Bytes.check(dst.flip(), received);
        received += dst.limit();
        if (received > 1_000_000 && closer == null) {
          closer = Thread.startVirtualThread(server::close);
          begin = System.nanoTime();
        }
      }
      assertThat(closer).isNotNull();
      closer.join();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(grace.dividedBy(2));
      assertThat(server.statistics().bytesWritten()).isEqualTo(server.statistics().bytesRead());
      assertThat(received).isEqualTo(server.statistics().bytesRead());
      flood.get();
    } finally {
      server.close(Duration.ZERO);
    }
  }

  private static int tryRead(TestPeer peer, ByteBuffer dst) {
    try {
      return peer.read(dst);
    } catch (IOException e) {
      dst.clear();
      return -1;
    }
  }

  @OverBackends
  void aDeadlineEndsAFloodAndLastWordsArrive(TestBackends backend) throws Exception {
    CountDownLatch timedOut = new CountDownLatch(1);
    ConnectionHandler swallow =
        c -> {
          c.working(Duration.ofMillis(200));
          try {
            ByteBuffer dst = ByteBuffer.allocate(20_000);
            while (c.read(dst.clear()) >= 0) {}
          } catch (SocketTimeoutException e) {
            c.output().write('!');
            c.flush();
            timedOut.countDown();
          }
        };
    try (Server server = backend.serve(swallow);
        TestPeer peer = TestPeer.connect(server)) {
      Future<?> flood = flood(peer);
      assertThat(peer.receiveText(1)).isEqualTo("!");
      timedOut.await();
      flood.get();
    }
  }
}
