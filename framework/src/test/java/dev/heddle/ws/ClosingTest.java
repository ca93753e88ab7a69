package dev.heddle.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.Blocked;
import dev.heddle.InMemoryTransport;
import dev.heddle.http.Http1;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The end of a socket whose handler has returned, towards a peer that does not read.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClosingTest {
  /// More than fits the connection, so that whoever sends it waits for the peer.
  private static final byte[] LONG = new byte[2 * InMemoryTransport.DEFAULT_CAPACITY];

  @Test
  void aCloseFrameBehindWhatAnotherThreadSendsLeavesBeforeTheSocketEnds() throws Exception {
    CompletableFuture<Thread> leaving = new CompletableFuture<>();
    WebSocketHandler handler =
        socket -> {
          Blocked.await(Thread.startVirtualThread(() -> send(socket, LONG)));
          leaving.complete(Thread.currentThread());
        };
    try (InMemoryTransport peer = InMemoryTransport.serve(Http1.of(WebSockets.of(handler)))) {
      peer.write(handshakeWith(Frame.close(1001))); // so that the handler waits for no answer
      Blocked.await(leaving.get(20, TimeUnit.SECONDS));
      List<Frame> frames = Script.frames(readAll(peer));
      assertThat(frames).extracting(Frame::opcode).containsExactly(Frame.BINARY, Frame.CLOSE);
      assertThat(frames.getLast()).isEqualTo(Frame.close(1000));
    }
  }

  private static void send(WebSocket socket, byte[] message) {
    try {
      socket.send(message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ByteBuffer handshakeWith(Frame frame) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(Script.HANDSHAKE.getBytes(StandardCharsets.ISO_8859_1));
    both.writeBytes(frame.masked(0x37fa213d));
    return ByteBuffer.wrap(both.toByteArray());
  }

  private static String readAll(InMemoryTransport peer) throws IOException {
    StringBuilder all = new StringBuilder();
    ByteBuffer dst = ByteBuffer.allocate(8192);
    while (peer.read(dst.clear()) >= 0) {
      all.append(StandardCharsets.ISO_8859_1.decode(dst.flip()));
    }
    return all.toString();
  }
}
