package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A peer that reads slowly, but steadily.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SlowReaderTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int ALL = 600_000;

  @TempDir private Path folder;

  @Test
  void isNotClosedThoughAWriteTakesLongerThanItMayStall() throws Exception {
    TestHandler<String> handler =
        new TestHandler<>(
            c -> {
              c.write(ByteBuffer.allocate(20_000));
              return "written";
            });
    ThreadOf thread = new ThreadOf(handler);
    TimedScope timed = new TimedScope(ServerOptions.builder().writeTimeout(LIMIT).build(), thread);
    try (TestPeer peer = TestPeer.over(timed.connect())) {
      for (int received = 0; received < 19_000; received += 500) {
        Blocked.await(thread.get());
        timed.passAlmost(LIMIT);
        assertThat(peer.receive(500)).containsOnly(0);
        awaitAccepted(handler.connection(), received + 1500);
      }
      assertThat(handler.result()).isEqualTo("written");
    }
  }

  /// The pipe takes 1000 bytes, and so counts one part for them and one for each 500 that are read.
  private static void awaitAccepted(Connection connection, int bytes) {
    while (connection.partialWrites() < bytes / 500 - 1) {
      Thread.onSpinWait();
    }
  }

  @OverWires
  void isSeenToMakeProgressWithinAWrite(Wires wires) throws Exception {
    assertProgressWithin(wires, c -> c.write(ByteBuffer.allocate(ALL)));
  }

  @OverWires
  void isSeenToMakeProgressWithinAFile(Wires wires) throws Exception {
    Path path = Files.write(folder.resolve("file"), new byte[ALL]);
    try (FileChannel file = FileChannel.open(path)) {
      assertProgressWithin(wires, c -> c.writeFile(file, 0, ALL));
    }
  }

  private static void assertProgressWithin(Wires wires, ConnectionHandler body) throws Exception {
    TestHandler<String> handler =
        new TestHandler<>(
            c -> {
              body.handle(c);
              return "written";
            });
    ThreadOf thread = new ThreadOf(handler);
    boolean progress = false;
    try (Wires.Wire wire = wires.open(thread)) {
      Connection connection = handler.connection();
      Map<Long, Long> partsOf = new HashMap<>();
      int received = 0;
      for (; received < ALL && !progress; received += 1000) {
        wire.peer().receive(1000);
        if (!connection.isFinishing()) {
          Blocked.await(thread.get());
          long parts = connection.partialWrites();
          progress = partsOf.computeIfAbsent(connection.bytesWritten(), _ -> parts) < parts;
        }
      }
      wire.peer().receive(ALL - received);
      assertThat(handler.result()).isEqualTo("written");
    }
    assertThat(progress).isTrue();
  }
}
