package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/// A server that closes finishes what it has begun.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DrainTest {
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final int CLIENTS = 60;

  @OverBackends
  void everyMessageThatWasReadIsAnsweredUnderLoad(TestBackends backend) throws Exception {
    drainUnderLoad(backend, c -> c.input().transferTo(c.output()), 1);
  }

  @OverBackends
  void everyPipelinedMessageThatWasReadIsAnsweredUnderLoad(TestBackends backend) throws Exception {
    drainUnderLoad(backend, c -> c.input().transferTo(c.output()), 8);
  }

  @OverBackends
  void everyMessageOfACodecThatWasReadIsAnsweredUnderLoad(TestBackends backend) throws Exception {
    drainUnderLoad(backend, DrainTest::byMessages, 1);
  }

  private static final int MESSAGE = 64;

  /// Echo of whole messages that names its phases, as codecs do.
  private static void byMessages(Connection c) throws IOException {
    byte[] message = new byte[MESSAGE];
    for (; ; ) {
      c.awaiting(Duration.ofSeconds(30));
      int first = c.input().read();
      if (first < 0) {
        return;
      }
      c.working(Duration.ofSeconds(30));
      message[0] = (byte) first;
      if (c.input().readNBytes(message, 1, MESSAGE - 1) < MESSAGE - 1) {
        throw new AssertionError("a message was cut");
      }
      c.output().write(message);
      c.countMessage();
    }
  }

  private static void drainUnderLoad(TestBackends backend, ConnectionHandler echo, int inFlight)
      throws Exception {
    ServerOptions options = backend.optionsFor(CLIENTS).grace(GRACE).build();
    CountDownLatch busy = new CountDownLatch(CLIENTS * 20);
    Server server = TestBackends.serve(options, echo);
    List<Future<Long>> received = new ArrayList<>();
    long took;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CLIENTS; i++) {
        TestPeer peer = TestPeer.connect(server);
        received.add(threads.submit(() -> hammer(peer, inFlight, busy)));
      }
      assertThat(busy.await(30, TimeUnit.SECONDS)).isTrue();
      long begin = System.nanoTime();
      server.close();
      took = System.nanoTime() - begin;
    }
    long total = 0;
    for (Future<Long> client : received) {
      total += client.get();
    }
    ServerStatistics statistics = server.statistics();
    assertThat(statistics.connections()).isZero();
    assertThat(statistics.failed()).isZero();
    assertThat(statistics.bytesWritten()).isEqualTo(statistics.bytesRead());
    assertThat(total).isEqualTo(statistics.bytesRead());
    assertThat(Duration.ofNanos(took)).isLessThan(GRACE.dividedBy(2));
  }

  /// Sends until the connection ends, and checks what comes back.
  ///
  /// @return how many bytes came back
  private static long hammer(TestPeer peer, int inFlight, CountDownLatch busy) throws IOException {
    try (peer) {
      long sent = 0;
      long received = 0;
      ByteBuffer src = ByteBuffer.allocate(MESSAGE);
      ByteBuffer dst = ByteBuffer.allocate(MESSAGE * inFlight);
      for (; ; ) {
        boolean open = true;
        while (open && sent - received < (long) MESSAGE * inFlight) {
          Bytes.fill(src.clear(), sent);
          open = tryWrite(peer, src.flip());
          sent += MESSAGE;
        }
        dst.clear();
        if (tryRead(peer, dst) < 0) {
          return received;
        }
        int count = dst.flip().remaining();
        Bytes.check(dst, received);
        received += count;
        busy.countDown();
      }
    }
  }

  private static boolean tryWrite(TestPeer peer, ByteBuffer src) {
    try {
      peer.write(src);
      return true;
    } catch (IOException e) {
      return false; // the server has gone: what it sent before is still to be read
    }
  }

  private static int tryRead(TestPeer peer, ByteBuffer dst) {
    try {
      return peer.read(dst);
    } catch (IOException e) {
      return -1;
    }
  }

  @OverBackends
  void whoWorksIsWaitedForAndWhoAwaitsIsEndedAtOnce(TestBackends backend) throws Exception {
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    Server server =
        TestBackends.serve(
            backend.options().grace(GRACE).build(),
            c -> {
              for (int b; (b = c.input().read()) >= 0; ) {
                if (b == 'w') {
                  working.countDown();
                  await(finish);
                }
                c.output().write(c.isDraining() ? 'D' : b);
              }
            });
    try (TestPeer worker = TestPeer.connect(server);
        TestPeer idler = TestPeer.connect(server)) {
      idler.send("i");
      assertThat(idler.receiveText(1)).isEqualTo("i");
      worker.send("w");
      working.await();
      Thread closer = Thread.startVirtualThread(server::close);
      assertThat(idler.isAtEnd()).isTrue();
      assertThat(closer.isAlive()).isTrue();
      finish.countDown();
      assertThat(worker.receiveText(1)).isEqualTo("D");
      assertThat(worker.isAtEnd()).isTrue();
      worker.shutdownOutput();
      closer.join();
      server.join();
    }
  }

  @OverBackends
  void whoIsStillWorkingWhenTheGraceIsOverIsClosed(TestBackends backend) throws Exception {
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Server server =
        backend.serve(
            c -> {
              c.input().read();
              working.countDown();
              await(never);
            });
    try (TestPeer peer = TestPeer.connect(server)) {
      peer.send("x");
      working.await();
      server.close(Duration.ofMillis(100));
      assertThat(peer.isAtEnd()).isTrue();
      server.join();
    } finally {
      never.countDown();
    }
  }

  @OverBackends
  void aSecondCloseWaitsForTheFirst(TestBackends backend) throws Exception {
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    Server server =
        TestBackends.serve(
            backend.options().grace(GRACE).build(),
            c -> {
              c.input().read();
              working.countDown();
              await(finish);
              c.output().write('!');
            });
    try (TestPeer peer = TestPeer.connect(server)) {
      peer.send("x");
      working.await();
      Thread first = Thread.startVirtualThread(server::close);
      Blocked.await(first);
      Thread second = Thread.startVirtualThread(server::close);
      Blocked.await(second);
      finish.countDown();
      assertThat(peer.receiveText(1)).isEqualTo("!");
      peer.shutdownOutput();
      second.join();
      first.join();
      assertThat(server.statistics().connections()).isZero();
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
