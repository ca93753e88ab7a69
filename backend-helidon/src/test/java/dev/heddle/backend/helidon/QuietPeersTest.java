package dev.heddle.backend.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.ConnectionHandler;
import dev.heddle.Server;
import dev.heddle.ServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Peers that come and go leave no trace in the log, however they go.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class QuietPeersTest {
  private static final Logger ROOT = Logger.getLogger("");
  private final Queue<LogRecord> records = new ConcurrentLinkedQueue<>();
  private final Level rootLevel = ROOT.getLevel();
  private final Handler collector =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          records.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void collect() {
    collector.setLevel(Level.INFO);
    ROOT.addHandler(collector);
    ROOT.setLevel(Level.INFO);
  }

  @AfterEach
  void collectNoMore() {
    ROOT.removeHandler(collector);
    ROOT.setLevel(rootLevel);
  }

  /// How a visit ends.
  private interface Visit {
    void make(Socket socket) throws IOException;
  }

  private void assertQuiet(ConnectionHandler handler, Visit visit) throws Exception {
    ServerOptions options = ServerOptions.builder().backend("helidon").maxConnections(3).build();
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Server server = Server.builder().options(options).listen(anyPort, handler).start();
    try {
      records.clear(); // of what Helidon tells when it starts
      for (int i = 0; i < 20; i++) {
        try (Socket socket = new Socket(anyPort.getAddress(), server.localAddress().getPort())) {
          visit.make(socket);
        }
        while (server.statistics().connections() > 0) {
          Thread.onSpinWait();
        }
      }
      assertThat(records).extracting(LogRecord::getMessage).isEmpty();
    } finally {
      server.close();
    }
    assertThat(records).allMatch(record -> record.getLevel().equals(Level.INFO));
  }

  private static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Test
  void whoClosesIsNotMentioned() throws Exception {
    assertQuiet(
        c -> c.input().transferTo(c.output()),
        socket -> {
          socket.getOutputStream().write('x');
          assertThat(socket.getInputStream().read()).isEqualTo('x');
        });
  }

  @Test
  void whoResetsWhileTheServerReadsIsNotMentioned() throws Exception {
    assertQuiet(
        c -> {
          c.output().write('!');
          c.input().transferTo(c.output());
        },
        socket -> {
          assertThat(socket.getInputStream().read()).isEqualTo('!');
          reset(socket);
        });
  }

  @Test
  void whoResetsWhileTheServerWritesIsNotMentioned() throws Exception {
    assertQuiet(
        c -> {
          for (; ; ) {
            c.output().write(new byte[100_000]);
          }
        },
        socket -> {
          assertThat(socket.getInputStream().read()).isZero();
          reset(socket);
        });
  }

  @Test
  void whoIsRefusedIsNotMentioned() throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    assertQuiet(
        c -> {
          c.output().write('!');
          c.input().transferTo(c.output());
        },
        first -> {
          assertThat(first.getInputStream().read()).isEqualTo('!');
          try (Socket second = new Socket(loopback, first.getPort());
              Socket third = new Socket(loopback, first.getPort());
              Socket refused = new Socket(loopback, first.getPort())) {
            assertThat(second.getInputStream().read()).isEqualTo('!');
            assertThat(third.getInputStream().read()).isEqualTo('!');
            assertThat(refused.getInputStream().read()).isEqualTo(-1);
          }
        });
  }
}
