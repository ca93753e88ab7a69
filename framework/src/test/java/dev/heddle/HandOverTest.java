package dev.heddle;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/// A handler that leaves the rest of its connection to another: [Connection#handOver].
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HandOverTest {
  private final LifeObserver observer = new LifeObserver();

  /// Takes what has come, and then what comes, up to three bytes in all.
  private static void answer(Connection connection) throws IOException {
    for (int count = 0; count < 3; count++) {
      connection.output().write(connection.input().read());
    }
  }

  @OverWires
  void theNextHandlerHasWhatTheFirstLeftAndTheEndOfTheConnection(Wires wires) throws Exception {
    CompletableFuture<Thread> first = new CompletableFuture<>();
    CompletableFuture<Thread> second = new CompletableFuture<>();
    ConnectionHandler next =
        c -> {
          second.complete(Thread.currentThread());
          answer(c);
        };
    ConnectionHandler handler =
        c -> {
          first.complete(Thread.currentThread());
          assertThat(c.input().read()).isEqualTo('1');
          c.output().write('!'); // not flushed: it leaves with what the next one writes
          c.handOver(next);
        };
    try (var wire = wires.open(handler)) {
      wire.peer().send("123");
      assertThat(wire.peer().receiveText(1)).isEqualTo("!");
      assertThat(wire.peer().receiveText(2)).isEqualTo("23");
      wire.peer().send("4");
      assertThat(wire.peer().receiveText(1)).isEqualTo("4");
      assertThat(wire.peer().isAtEnd()).isTrue();
      assertThat(second.get(20, TimeUnit.SECONDS).equals(first.get()))
          .as("on the same thread, %s", first.get())
          .isEqualTo(!wires.hasThreadsToSpare());
    }
  }

  @OverBackends
  void itIsOneConnectionToWhoObserves(TestBackends backend) throws Exception {
    ConnectionHandler last =
        c -> {
          observer.note("last");
          answer(c);
        };
    ConnectionHandler middle =
        c -> {
          observer.note("middle");
          c.handOver(last);
        };
    ConnectionHandler first =
        c -> {
          c.handOver(middle);
          observer.note("first"); // to its end, before the next begins
        };
    try (Server server = serve(backend, first);
        TestPeer peer = TestPeer.connect(server)) {
      peer.send("abc");
      assertThat(peer.receiveText(3)).isEqualTo("abc");
      assertThat(peer.isAtEnd()).isTrue();
      peer.shutdownOutput();
      assertThat(observer.life()).containsExactly("opened", "first", "middle", "last", "closed");
      assertThat(server.statistics().connections()).isZero();
    }
  }

  @OverBackends
  void theFaultOfTheNextHandlerEndsTheConnection(TestBackends backend) throws Exception {
    ConnectionHandler first =
        c ->
            c.handOver(
                failing -> {
                  failing.output().write("lost".getBytes(US_ASCII));
                  throw new IllegalStateException("a fault");
                });
    try (Server server = serve(backend, first);
        TestPeer peer = TestPeer.connect(server)) {
      assertThat(peer.isClosedByServer()).isTrue();
      assertThat(observer.life()).containsExactly("opened", "failed: a fault", "closed");
      assertThat(server.statistics().failed()).isEqualTo(1);
    }
  }

  @OverBackends
  void aClosingServerEndsTheInputOfTheNextHandler(TestBackends backend) throws Exception {
    CompletableFuture<Integer> read = new CompletableFuture<>();
    CompletableFuture<Thread> reader = new CompletableFuture<>();
    ConnectionHandler first =
        c ->
            c.handOver(
                next -> {
                  reader.complete(Thread.currentThread());
                  read.complete(next.input().read());
                });
    try (Server server = serve(backend, first);
        TestPeer peer = TestPeer.connect(server)) {
      Blocked.await(reader.get(20, TimeUnit.SECONDS));
      server.close(Duration.ofSeconds(20));
      assertThat(read.get(20, TimeUnit.SECONDS)).isEqualTo(-1);
      assertThat(peer.isAtEnd()).isTrue();
    }
  }

  private Server serve(TestBackends backend, ConnectionHandler handler) throws IOException {
    return Server.builder()
        .options(backend.options().build())
        .observer(observer)
        .listen(TestBackends.anyPort(), handler)
        .start();
  }
}
