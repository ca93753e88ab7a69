package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;

/// What a server counts adds up.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StatisticsTest {

  @OverBackends
  void theCountsOfManyConnectionsAddUp(TestBackends backend) throws Exception {
    int connections = 50;
    int each = 1000;
    Phaser closed = new Phaser(1);
    AtomicLong opened = new AtomicLong();
    AtomicLong read = new AtomicLong();
    AtomicLong written = new AtomicLong();
    Observer observer =
        new Observer() {
          @Override
          public void connectionOpened(Connection connection) {
            opened.incrementAndGet();
          }

          @Override
          public void connectionClosed(Connection connection) {
            read.addAndGet(connection.bytesRead());
            written.addAndGet(connection.bytesWritten());
            closed.arriveAndDeregister();
          }
        };
    closed.bulkRegister(connections);
    try (Server server =
        Server.builder()
            .options(backend.options().build())
            .observer(observer)
            .listen(TestBackends.anyPort(), c -> answerTwice(c))
            .start()) {
      for (int i = 0; i < connections; i++) {
        try (TestPeer peer = TestPeer.connect(server)) {
          peer.write(ByteBuffer.wrap(Bytes.random(i, each)));
          peer.shutdownOutput();
          assertThat(peer.receive(2 * each)).startsWith(Bytes.random(i, each));
          assertThat(peer.isAtEnd()).isTrue();
        }
      }
      closed.arriveAndAwaitAdvance();
      assertThat(server.statistics())
          .isEqualTo(
              new ServerStatistics(
                  0,
                  connections,
                  0,
                  0,
                  0,
                  3L * connections,
                  1000L * connections,
                  2000L * connections));
      assertThat(opened.get()).isEqualTo(connections);
      assertThat(read.get()).isEqualTo(1000L * connections);
      assertThat(written.get()).isEqualTo(2000L * connections);
    }
  }

  /// Counts three messages, however many reads it takes.
  private static void answerTwice(Connection c) throws IOException {
    c.countMessage();
    c.countMessage();
    c.countMessage();
    byte[] all = c.input().readAllBytes();
    c.output().write(all);
    c.output().write(all);
  }

  @OverBackends
  void readsCountAsMessagesAndOpenConnectionsAreCountedToo(TestBackends backend) throws Exception {
    try (Server server = backend.serve(c -> c.input().transferTo(c.output()));
        TestPeer peer = TestPeer.connect(server)) {
      for (int i = 0; i < 10; i++) {
        peer.send("abc");
        assertThat(peer.receiveText(3)).isEqualTo("abc");
      }
      peer.send("x");
      assertThat(peer.receiveText(1)).isEqualTo("x");
      ServerStatistics now = server.statistics();
      assertThat(now.connections()).isEqualTo(1);
      assertThat(now.messages()).isBetween(10L, 11L);
      assertThat(now.bytesRead()).isBetween(30L, 31L);
      assertThat(now.bytesWritten()).isBetween(30L, 31L);
    }
  }

  @OverBackends
  void theObserverIsToldOfEachConnectionInOrder(TestBackends backend) throws Exception {
    LifeObserver observer = new LifeObserver();
    try (Server server =
            Server.builder()
                .options(backend.options().build())
                .observer(observer)
                .listen(
                    TestBackends.anyPort(),
                    c -> {
                      observer.note("handled");
                      throw new IllegalStateException("on purpose");
                    })
                .start();
        TestPeer peer = TestPeer.connect(server)) {
      assertThat(peer.isAtEnd()).isTrue();
      assertThat(observer.life())
          .containsExactly("opened", "handled", "failed: on purpose", "closed");
    }
  }
}
