package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.File;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;

/// No descriptor outlives what it was opened for.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DescriptorsTest {
  private static final File OPEN = new File("/dev/fd");

  private static int open() {
    String[] names = OPEN.list();
    assertThat(names).isNotNull();
    return names.length;
  }

  /// Waits until at most so many are open; closing is done by other threads.
  private static void awaitAtMost(int most) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    int now;
    while ((now = open()) > most) {
      assertThat(System.nanoTime()).as("%d are open: expected %d", now, most).isLessThan(end);
    }
  }

  @OverBackends
  void manyConnectionsLeaveNoneOpen(TestBackends backend) throws Exception {
    try (Server server = backend.serve(c -> c.output().write(c.input().read()))) {
      for (int i = 0; i < 5; i++) {
        visit(server, i);
      }
      int before = open();
      for (int i = 0; i < 600; i++) {
        visit(server, i);
      }
      awaitAtMost(before);
      assertThat(server.statistics().accepted()).isEqualTo(605);
    }
  }

  /// Ends in one of three ways.
  private static void visit(Server server, int i) throws Exception {
    try (TestPeer peer = TestPeer.connect(server)) {
      if (i % 3 == 1) {
        peer.reset();
      } else {
        peer.send("x");
        assertThat(peer.receiveText(1)).isEqualTo("x");
      }
      if (i % 3 == 2) {
        assertThat(peer.isAtEnd()).isTrue();
      }
    }
  }

  @OverBackends
  void manyServersLeaveNoneOpen(TestBackends backend) throws Exception {
    startAndClose(backend);
    int before = open();
    for (int i = 0; i < 20; i++) {
      startAndClose(backend);
    }
    awaitAtMost(before);
  }

  @OverBackends
  void serversThatCouldNotStartLeaveNoneOpen(TestBackends backend) throws Exception {
    try (Server first = backend.serve(c -> {})) {
      failToStart(backend, first);
      int before = open();
      for (int i = 0; i < 20; i++) {
        failToStart(backend, first);
      }
      awaitAtMost(before);
    }
  }

  private static void failToStart(TestBackends backend, Server other) {
    assertThatIOException()
        .isThrownBy(
            () ->
                Server.builder()
                    .options(backend.options().build())
                    .listen(TestBackends.anyPort(), c -> {})
                    .listen(other.localAddress(), c -> {})
                    .start());
  }

  private static void startAndClose(TestBackends backend) throws Exception {
    try (Server server = backend.serve(c -> c.input().transferTo(c.output()));
        TestPeer peer = TestPeer.connect(server)) {
      peer.send("x");
      assertThat(peer.receiveText(1)).isEqualTo("x");
      server.close(Duration.ofMillis(500));
      assertThat(peer.isAtEnd()).isTrue();
    }
  }
}
