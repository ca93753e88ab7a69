package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;

/// A handler may do what blocking code does, and what bad code does, without harm to other
/// connections: on every engine, and with one loop where there are loops.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MisbehavingHandlersTest {

  /// Reads one byte and echoes it for ever, but for what `special` does to any other byte.
  private static Server serve(TestBackends backend, TestHandler.Body<Object> special)
      throws IOException {
    return TestBackends.serve(
        backend.optionsWithOneLoop().build(),
        c -> {
          for (int b; (b = c.input().read()) >= 0; ) {
            if (b != 'e') {
              run(special, c);
            }
            c.output().write(b);
          }
        });
  }

  private static void run(TestHandler.Body<Object> special, Connection c) throws IOException {
    try {
      special.handle(c);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertEchoes(TestPeer peer) throws IOException {
    peer.send("e");
    assertThat(peer.receiveText(1)).isEqualTo("e");
  }

  @OverBackends
  void whatAHandlerThrowsEndsItsOwnConnectionAlone(TestBackends backend) throws Exception {
    var failures = new LinkedBlockingQueue<Throwable>();
    Observer observer =
        new Observer() {
          @Override
          public void handlerFailed(Connection connection, Throwable cause) {
            failures.add(cause);
          }
        };
    ConnectionHandler handler =
        c -> {
          switch (c.input().read()) {
            case 'r' -> throw new IllegalStateException("on purpose");
            case 'e' -> throw new StackOverflowError("on purpose");
            case 'i' -> throw new IOException("on purpose");
            default -> c.input().transferTo(c.output());
          }
        };
    try (Server server =
            Server.builder()
                .options(backend.optionsWithOneLoop().build())
                .observer(observer)
                .listen(TestBackends.anyPort(), handler)
                .start();
        TestPeer other = TestPeer.connect(server)) {
      other.send(">");
      for (String kind : new String[] {"r", "e", "i"}) {
        try (TestPeer peer = TestPeer.connect(server)) {
          peer.send(kind);
          assertThat(peer.isAtEnd()).isTrue();
        }
        assertEchoes(other);
      }
      assertThat(failures.take()).isInstanceOf(IllegalStateException.class);
      assertThat(failures.take()).isInstanceOf(StackOverflowError.class);
      assertThat(server.statistics().failed()).isEqualTo(2);
    }
  }

  @OverBackends
  void aHandlerThatSleepsHoldsUpNobody(TestBackends backend) throws Exception {
    CountDownLatch asleep = new CountDownLatch(1);
    try (Server server =
            serve(
                backend,
                c -> {
                  asleep.countDown();
                  Thread.sleep(Duration.ofMillis(300));
                  return null;
                });
        TestPeer sleeper = TestPeer.connect(server);
        TestPeer other = TestPeer.connect(server)) {
      sleeper.send("s");
      asleep.await();
      for (int i = 0; i < 20; i++) {
        assertEchoes(other);
      }
      assertThat(sleeper.receiveText(1)).isEqualTo("s");
    }
  }

  @OverBackends
  void aHandlerThatWaitsForATimeWaitsForAllOfItUnlessItIsWoken(TestBackends backend)
      throws Exception {
    TestHandler<Duration> handler =
        new TestHandler<>(
            _ -> {
              BlockingQueue<String> queue = new LinkedBlockingQueue<>();
              Object monitor = new Object();
              long start = System.nanoTime();
              Thread.sleep(Duration.ofMillis(7));
              assertThat(queue.poll(7, TimeUnit.MILLISECONDS)).isNull();
              long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(7);
              synchronized (monitor) {
                while (end - System.nanoTime() > 0) {
                  TimeUnit.NANOSECONDS.timedWait(monitor, end - System.nanoTime());
                }
              }
              Thread.ofVirtual().start(() -> queue.add("woken"));
              assertThat(queue.poll(1, TimeUnit.HOURS)).isEqualTo("woken");
              return Duration.ofNanos(System.nanoTime() - start);
            });
    try (Server server = backend.serve(handler);
        TestPeer peer = TestPeer.connect(server)) {
      assertThat(handler.result()).isGreaterThanOrEqualTo(Duration.ofMillis(21));
      assertThat(peer.isAtEnd()).isTrue();
    }
  }

  @OverBackends
  void aHandlerThatWaitsForAMonitorHoldsUpNobody(TestBackends backend) throws Exception {
    Object monitor = new Object();
    CountDownLatch entering = new CountDownLatch(2);
    try (Server server =
            serve(
                backend,
                c -> {
                  entering.countDown();
                  synchronized (monitor) {
                    return null;
                  }
                });
        TestPeer first = TestPeer.connect(server);
        TestPeer second = TestPeer.connect(server);
        TestPeer other = TestPeer.connect(server)) {
      synchronized (monitor) {
        first.send("1");
        second.send("2");
        entering.await();
        for (int i = 0; i < 20; i++) {
          assertEchoes(other);
        }
      }
      assertThat(first.receiveText(1)).isEqualTo("1");
      assertThat(second.receiveText(1)).isEqualTo("2");
    }
  }

  @OverBackends
  void aHandlerThatSleepsAndReadsUnderAMonitorHoldsUpOnlyThoseThatWantIt(TestBackends backend)
      throws Exception {
    Object monitor = new Object();
    CountDownLatch entered = new CountDownLatch(1);
    try (Server server =
            serve(
                backend,
                c -> {
                  synchronized (monitor) {
                    entered.countDown();
                    Thread.sleep(Duration.ofMillis(20));
                    return c.input().read();
                  }
                });
        TestPeer holder = TestPeer.connect(server);
        TestPeer waiter = TestPeer.connect(server);
        TestPeer other = TestPeer.connect(server)) {
      holder.send("h");
      entered.await();
      waiter.send("w!");
      for (int i = 0; i < 20; i++) {
        assertEchoes(other);
      }
      holder.send("!");
      assertThat(holder.receiveText(1)).isEqualTo("h");
      assertThat(waiter.receiveText(1)).isEqualTo("w");
    }
  }

  @OverBackends
  void aHandlerMayHaveVirtualThreadsThatDoBlockingInputAndOutput(TestBackends backend)
      throws Exception {
    try (Server upstream = backend.serve(c -> c.input().transferTo(c.output()));
        Server server =
            serve(
                backend,
                c -> {
                  Thread[] children = new Thread[5];
                  CountDownLatch done = new CountDownLatch(children.length);
                  for (int i = 0; i < children.length; i++) {
                    children[i] =
                        Thread.ofVirtual().start(() -> visit(upstream.localAddress(), done));
                  }
                  for (Thread child : children) {
                    child.join();
                  }
                  c.output().write('0' + (int) done.getCount());
                  return null;
                });
        TestPeer peer = TestPeer.connect(server);
        TestPeer other = TestPeer.connect(server)) {
      for (int i = 0; i < 10; i++) {
        peer.send("v");
        assertEchoes(other);
        assertThat(peer.receiveText(2)).isEqualTo("0v");
      }
    }
  }

  private static void visit(InetSocketAddress upstream, CountDownLatch done) {
    try (Socket socket = new Socket(upstream.getAddress(), upstream.getPort())) {
      socket.getOutputStream().write(7);
      if (socket.getInputStream().read() == 7) {
        done.countDown();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @OverBackends
  void aConnectionMayBeWrittenByAChildWhileItsOwnerReads(TestBackends backend) throws Exception {
    int total = 500_000;
    ConnectionHandler handler =
        c -> {
          Thread child = Thread.ofVirtual().start(() -> writeAll(c, total));
          byte[] read = c.input().readNBytes(total);
          Bytes.check(ByteBuffer.wrap(read), 0);
          join(child);
        };
    try (Server server = TestBackends.serve(backend.optionsWithOneLoop().build(), handler);
        TestPeer peer = TestPeer.connect(server)) {
      byte[] back = peer.receive(total / 2);
      ByteBuffer src = ByteBuffer.allocate(total);
      Bytes.fill(src, 0);
      peer.write(src.flip());
      Bytes.check(ByteBuffer.wrap(back), 0);
      Bytes.check(ByteBuffer.wrap(peer.receive(total / 2)), total / 2);
      assertThat(peer.isAtEnd()).isTrue();
      assertThat(server.statistics().failed()).isZero();
    }
  }

  private static void writeAll(Connection c, int total) {
    try {
      ByteBuffer src = ByteBuffer.allocate(total);
      Bytes.fill(src, 0);
      c.write(src.flip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void join(Thread thread) throws IOException {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @OverBackends
  void anInterruptedHandlerLosesItsConnectionAlone(TestBackends backend) throws Exception {
    try (Server server =
            serve(
                backend,
                c -> {
                  Thread.currentThread().interrupt();
                  return c.input().read();
                });
        TestPeer other = TestPeer.connect(server);
        TestPeer interrupted = TestPeer.connect(server)) {
      assertEchoes(other);
      interrupted.send("i");
      assertThat(interrupted.isAtEnd()).isTrue();
      assertEchoes(other);
      assertThat(server.statistics().failed()).isZero();
    }
  }

  @OverBackends
  void aThreadThatWasInterruptedServesNoOtherConnectionInThatState(TestBackends backend)
      throws Exception {
    ServerOptions.Builder options = backend.optionsWithOneLoop();
    if (backend.isPool()) {
      options.threads(1);
    }
    try (Server server =
        TestBackends.serve(
            options.build(),
            c -> {
              int b = c.input().read();
              c.output().write(b);
              c.flush();
              Thread.currentThread().interrupt();
            })) {
      for (int i = 0; i < 5; i++) {
        try (TestPeer peer = TestPeer.connect(server)) {
          assertEchoes(peer);
          peer.shutdownOutput();
        }
      }
    }
  }

  @OverBackends
  void aHandlerThatReturnsWithoutReadingEndsItsConnectionInGoodOrder(TestBackends backend)
      throws Exception {
    try (Server server = backend.serve(c -> {});
        TestPeer peer = TestPeer.connect(server)) {
      peer.send("never read");
      assertThat(peer.isAtEnd()).isTrue();
    }
  }

  @OverBackends
  void aHandlerThatNeverReturnsDoesNotHoldUpTheCloseForEver(TestBackends backend) throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Server server =
        backend.serve(
            c -> {
              running.countDown();
              while (never.getCount() > 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
              }
            });
    try (TestPeer peer = TestPeer.connect(server)) {
      running.await();
      long begin = System.nanoTime();
      server.close(Duration.ofMillis(200));
      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .isBetween(Duration.ofMillis(200), Duration.ofSeconds(5));
      assertThat(peer.isAtEnd()).isTrue();
    } finally {
      never.countDown();
    }
  }
}
