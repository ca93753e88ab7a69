package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.proxy.ProxyProtocol;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A protocol of exchanges: what an [ExchangeHandler] can rely on, and that its connections need no
/// thread in between where the engine can do without.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExchangeHandlerTest {
  private static final Duration IDLE = Duration.ofMillis(200);

  /// What a test does with a byte that has come.
  @FunctionalInterface
  private interface Exchange {
    int answer(int octet) throws Exception;
  }

  /// Answers each byte by another, after the number of the exchange on its connection; `.` is the
  /// last.
  private record Octets(Exchange exchange, Duration limit) implements ExchangeHandler {
    @Override
    public Exchanges open(Connection connection) {
      AtomicInteger count = new AtomicInteger();
      return new Exchanges() {
        @Override
        public void awaiting() {
          connection.awaiting(limit);
        }

        @Override
        public boolean serveNext() throws IOException {
          int octet = connection.input().read();
          if (octet < 0 || octet == '.') {
            return false;
          }
          connection.working(Duration.ZERO);
          connection.output().write('0' + count.getAndIncrement());
          connection.output().write(answer(octet));
          return true;
        }
      };
    }

    private int answer(int octet) throws IOException {
      try {
        return exchange.answer(octet);
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static ExchangeHandler octets(Exchange exchange) {
    return new Octets(exchange, Duration.ZERO);
  }

  @OverWires
  void exchangesAreServedInOrderWhetherTheyComeTogetherOrNot(Wires wires) throws Exception {
    try (var wire = wires.open(octets(octet -> octet))) {
      wire.peer().send("a");
      assertThat(wire.peer().receiveText(2)).isEqualTo("0a");
      wire.peer().send("bcd");
      assertThat(wire.peer().receiveText(6)).isEqualTo("1b2c3d");
      wire.peer().send("e.");
      assertThat(wire.peer().receiveText(2)).isEqualTo("4e");
      assertThat(wire.peer().isAtEnd()).isTrue();
    }
  }

  /// A byte alone, or as many as fill a buffer, of which the first is told.
  private record Blocks(Connection connection) implements ExchangeHandler.Exchanges {
    @Override
    public void awaiting() {
      connection.awaiting(Duration.ZERO);
    }

    @Override
    public boolean serveNext() throws IOException {
      if (!connection.buffered().hasRemaining() && !connection.fill()) {
        return false;
      }
      byte first = connection.buffered().get(connection.buffered().position());
      int length = first == 'L' ? BufferPool.CAPACITY : 1;
      while (connection.buffered().remaining() < length) {
        if (!connection.fill()) {
          return false;
        }
      }
      connection.buffered().position(connection.buffered().position() + length);
      connection.output().write(first);
      return true;
    }
  }

  /// Within TLS, what was decrypted and had no room is there, though nothing comes from the
  /// network.
  @OverWires
  void whatALayerHasKeptBackIsServed(Wires wires) throws Exception {
    try (var wire = wires.open((ExchangeHandler) Blocks::new)) {
      wire.peer().send("L".repeat(10_000));
      wire.peer().send("L".repeat(BufferPool.CAPACITY - 10_000) + "S");
      assertThat(wire.peer().receiveText(2)).isEqualTo("LS");
    }
  }

  @OverWires
  void aPeerThatLeavesBetweenThemIsSeenToLeave(Wires wires) throws Exception {
    try (var wire = wires.open(octets(octet -> octet))) {
      wire.peer().send("a");
      assertThat(wire.peer().receiveText(2)).isEqualTo("0a");
      wire.peer().shutdownOutput();
      assertThat(wire.peer().isAtEnd()).isTrue();
    }
  }

  @OverBackends
  void itIsOneConnectionToWhoObserves(TestBackends backend) throws Exception {
    LifeObserver observer = new LifeObserver();
    ExchangeHandler handler =
        octets(
            octet -> {
              observer.note("" + (char) octet);
              return octet;
            });
    try (Server server = serve(backend.options().build(), observer, handler)) {
      try (TestPeer peer = TestPeer.connect(server)) {
        peer.send("a");
        assertThat(peer.receiveText(2)).isEqualTo("0a");
        peer.send("b");
        assertThat(peer.receiveText(2)).isEqualTo("1b");
      }
      assertThat(observer.life()).containsExactly("opened", "a", "b", "closed");
    }
  }

  @OverBackends
  void aFaultEndsItsConnection(TestBackends backend) throws Exception {
    LifeObserver observer = new LifeObserver();
    ExchangeHandler handler =
        octets(
            octet -> {
              if (octet == 'b') {
                throw new IllegalStateException("a fault");
              }
              return octet;
            });
    try (Server server = serve(backend.options().build(), observer, handler);
        TestPeer peer = TestPeer.connect(server)) {
      peer.send("a");
      assertThat(peer.receiveText(2)).isEqualTo("0a");
      peer.send("b");
      assertThat(peer.isClosedByServer()).isTrue();
      assertThat(observer.life()).containsExactly("opened", "failed: a fault", "closed");
    }
  }

  /// Whoever calls it is told when the connection is over, and not before.
  @OverBackends
  void calledByAnotherHandlerItServesTheWholeConnection(TestBackends backend) throws Exception {
    CountDownLatch returned = new CountDownLatch(1);
    ExchangeHandler exchanges = octets(octet -> octet);
    ConnectionHandler caller =
        c -> {
          exchanges.handle(c);
          returned.countDown();
        };
    try (Server server = backend.serve(caller);
        TestPeer peer = TestPeer.connect(server)) {
      peer.send("a");
      assertThat(peer.receiveText(2)).isEqualTo("0a");
      peer.send("b");
      assertThat(peer.receiveText(2)).isEqualTo("1b");
      assertThat(returned.getCount()).isEqualTo(1);
      peer.send(".");
      assertThat(returned.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @OverBackends
  void whoSendsNothingForTooLongIsLeft(TestBackends backend) throws Exception {
    ExchangeHandler handler = new Octets(octet -> octet, IDLE);
    try (Server server = backend.serve(handler)) {
      try (TestPeer silent = TestPeer.connect(server)) {
        assertThat(silent.isAtEnd()).isTrue();
      }
      try (TestPeer peer = TestPeer.connect(server)) {
        peer.send("a");
        assertThat(peer.receiveText(2)).isEqualTo("0a");
        assertThat(peer.isAtEnd()).isTrue();
      }
    }
  }

  @OverBackends
  void aClosingServerEndsThoseThatWaitAndLetsTheOthersFinish(TestBackends backend)
      throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    ExchangeHandler handler =
        octets(
            octet -> {
              if (octet == 'b') {
                begun.countDown();
                end.await();
              }
              return octet;
            });
    try (Server server = backend.serve(handler)) {
      Thread closer = Thread.ofPlatform().unstarted(() -> server.close(Duration.ofSeconds(20)));
      try (TestPeer idle = TestPeer.connect(server);
          TestPeer busy = TestPeer.connect(server)) {
        idle.send("a");
        assertThat(idle.receiveText(2)).isEqualTo("0a");
        busy.send("b");
        begun.await();
        closer.start();
        assertThat(idle.isAtEnd()).isTrue();
        end.countDown();
        assertThat(busy.receiveText(2)).isEqualTo("0b");
        assertThat(busy.isAtEnd()).isTrue();
      }
      closer.join();
      assertThat(server.statistics().connections()).isZero();
    }
  }

  @OverBackends
  void aServerThatGivesNoGraceClosesThoseThatWait(TestBackends backend) throws Exception {
    LifeObserver observer = new LifeObserver();
    try (Server server = serve(backend.options().build(), observer, octets(octet -> octet));
        TestPeer peer = TestPeer.connect(server)) {
      peer.send("a");
      assertThat(peer.receiveText(2)).isEqualTo("0a");
      server.close(Duration.ZERO);
      assertThat(peer.isClosedByServer()).isTrue();
      assertThat(observer.life()).containsExactly("opened", "closed");
    }
  }

  /// Those that have something to read at the same moment all run, though each of them waits for
  /// the others.
  @OverBackends
  void exchangesThatBlockDoNotHoldThoseOfOtherConnections(TestBackends backend) throws Exception {
    int count = 20;
    CyclicBarrier all = new CyclicBarrier(count);
    ExchangeHandler handler =
        octets(
            octet -> {
              all.await();
              return octet;
            });
    List<TestPeer> peers = new ArrayList<>();
    try (Server server = TestBackends.serve(backend.optionsWithOneLoop().build(), handler)) {
      for (int i = 0; i < count; i++) {
        peers.add(TestPeer.connect(server));
      }
      for (int round = 0; round < 3; round++) {
        for (TestPeer peer : peers) {
          peer.send("a");
        }
        for (TestPeer peer : peers) {
          assertThat(peer.receiveText(2)).isEqualTo(round + "a");
        }
      }
    } finally {
      for (TestPeer peer : peers) {
        peer.close();
      }
    }
  }

  @Test
  void aConnectionThatWaitsHasNoThreadOnALoopAndCanBeClosedAllTheSame() throws Exception {
    LifeObserver observer = new LifeObserver();
    CompletableFuture<Connection> opened = new CompletableFuture<>();
    Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    ExchangeHandler octets =
        octets(
            octet -> {
              threads.add(Thread.currentThread());
              return octet;
            });
    ExchangeHandler handler =
        connection -> {
          opened.complete(connection);
          return octets.open(connection);
        };
    ServerOptions options = TestBackends.SELECTOR_LOOP.options().build();
    try (Server server = serve(options, observer, handler);
        TestPeer peer = TestPeer.connect(server)) {
      for (int i = 0; i < 3; i++) {
        peer.send("a");
        assertThat(peer.receiveText(2)).isEqualTo(i + "a");
        Thread thread = threads.remove();
        assertThat(thread.isVirtual()).isTrue();
        assertThat(thread.join(Duration.ofSeconds(20))).as("it ends").isTrue();
      }
      opened.get().close();
      assertThat(observer.life()).containsExactly("opened", "closed");
      assertThat(peer.isClosedByServer()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void itHasNoneBehindALayerOrAProxyEither(boolean isTls) throws Exception {
    Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    ExchangeHandler handler =
        octets(
            octet -> {
              threads.add(Thread.currentThread());
              return octet;
            });
    ConnectionHandler proxied =
        ProxyProtocol.of(handler, ProxyProtocol.Mode.REQUIRED, Networks.parse("127.0.0.0/8"));
    try (var wire = new Wires("SELECTOR_LOOP", isTls).open(proxied)) {
      wire.peer().send("PROXY UNKNOWN\r\na"); // with the first exchange behind it at once
      for (int i = 0; i < 3; i++) {
        assertThat(wire.peer().receiveText(2)).isEqualTo(i + "a");
        assertThat(threads.remove().join(Duration.ofSeconds(20))).as("it ends").isTrue();
        wire.peer().send("a");
      }
    }
  }

  /// One holds the loop until two others have something to read: one thread serves both.
  @Test
  void anInterruptIsNotLeftToTheNextConnection() throws Exception {
    AtomicBoolean held = new AtomicBoolean(true);
    CountDownLatch holds = new CountDownLatch(1);
    Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    List<Boolean> interrupted = Collections.synchronizedList(new ArrayList<>());
    ExchangeHandler handler =
        octets(
            octet -> {
              if (octet == 'h') {
                holds.countDown();
                while (held.get()) {
                  Thread.onSpinWait();
                }
              } else if (octet == 'i') {
                threads.add(Thread.currentThread());
                interrupted.add(Thread.currentThread().isInterrupted());
                Thread.currentThread().interrupt();
              }
              return octet;
            });
    ServerOptions options = TestBackends.SELECTOR_LOOP.optionsWithOneLoop().build();
    try (Server server = TestBackends.serve(options, handler);
        TestPeer holding = TestPeer.connect(server);
        TestPeer first = TestPeer.connect(server);
        TestPeer second = TestPeer.connect(server)) {
      for (TestPeer peer : List.of(first, second)) {
        peer.send("a");
        assertThat(peer.receiveText(2)).isEqualTo("0a"); // by now the loop has it
      }
      holding.send("h");
      holds.await();
      first.send("i");
      second.send("i");
      held.set(false);
      assertThat(first.receiveText(2)).isEqualTo("1i");
      assertThat(second.receiveText(2)).isEqualTo("1i");
      assertThat(List.copyOf(threads)).hasSize(2);
      assertThat(threads.remove()).isSameAs(threads.remove());
      assertThat(interrupted).containsExactly(false, false);
    }
  }

  private static Server serve(ServerOptions options, Observer observer, ConnectionHandler handler)
      throws IOException {
    return Server.builder()
        .options(options)
        .observer(observer)
        .listen(TestBackends.anyPort(), handler)
        .start();
  }
}
