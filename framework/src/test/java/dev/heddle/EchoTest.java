package dev.heddle;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Echo from end to end, on every engine and through real sockets, whatever way the handler is
/// written.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EchoTest {

  /// The ways to write echo with the API.
  enum Echo implements ConnectionHandler {
    TRANSFER {
      @Override
      public void handle(Connection c) throws IOException {
        c.input().transferTo(c.output());
      }
    },
    STREAMS {
      @Override
      public void handle(Connection c) throws IOException {
        byte[] bytes = new byte[700];
        for (int count; (count = c.input().read(bytes)) >= 0; ) {
          c.output().write(bytes, 0, count);
        }
      }
    },
    BUFFERS {
      @Override
      public void handle(Connection c) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(5000);
        while (c.read(buffer) >= 0) {
          c.write(buffer.flip());
          buffer.clear();
        }
      }
    },
    IN_PLACE {
      @Override
      public void handle(Connection c) throws IOException {
        while (c.fill()) {
          ByteBuffer bytes = c.buffered();
          c.output()
              .write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
          bytes.position(bytes.limit());
        }
      }
    }
  }

  static Stream<Arguments> backendsAndEchoes() {
    return Stream.of(TestBackends.values())
        .flatMap(backend -> Stream.of(Echo.values()).map(echo -> Arguments.of(backend, echo)));
  }

  @ParameterizedTest
  @MethodSource("backendsAndEchoes")
  @Tag("every-backend")
  void everyByteComesBack(TestBackends backend, Echo echo) throws Exception {
    try (Server server = backend.serve(echo)) {
      new EchoClient(server.localAddress(), System.nanoTime()).run(20, 60, 1, 3000);
    }
  }

  @ParameterizedTest
  @MethodSource("backendsAndEchoes")
  @Tag("every-backend")
  void pipelinedMessagesComeBackInOrder(TestBackends backend, Echo echo) throws Exception {
    try (Server server = backend.serve(echo)) {
      new EchoClient(server.localAddress(), System.nanoTime()).run(20, 640, 16, 100);
    }
  }

  @ParameterizedTest
  @MethodSource("backendsAndEchoes")
  @Tag("every-backend")
  void largeMessagesComeBackWhole(TestBackends backend, Echo echo) throws Exception {
    try (Server server = backend.serve(echo)) {
      new EchoClient(server.localAddress(), System.nanoTime()).run(4, 4, 1, 5_000_000);
    }
  }

  @OverBackends
  void twoThousandConnectionsAtOnceAreAllServed(TestBackends backend) throws Exception {
    int connections = 2000;
    try (Server server =
        TestBackends.serve(backend.optionsFor(connections).build(), Echo.TRANSFER)) {
      new EchoClient(server.localAddress(), System.nanoTime()).run(connections, 5, 1, 200);
      assertThat(server.statistics().accepted()).isEqualTo(connections);
      assertThat(server.statistics().failed()).isZero();
    }
  }

  @Test
  void oneLineServes() throws Exception {
    try (Server server = Server.listen(0, c -> c.input().transferTo(c.output()))) {
      int port = server.localAddress().getPort();
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.getOutputStream().write("echo".getBytes(US_ASCII));
        assertThat(socket.getInputStream().readNBytes(4)).isEqualTo("echo".getBytes(US_ASCII));
      }
      assertThat(server.description()).isEqualTo("virtual (carrier poller)");
    }
  }
}
