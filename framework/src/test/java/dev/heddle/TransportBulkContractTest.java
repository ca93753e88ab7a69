package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Timeout;

/// The contract of [Transport], as its [Connection] shows it: more bytes than fit anywhere on the
/// way, to and from somebody slow.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TransportBulkContractTest {
  private static final long TOTAL = 100_000_000;

  /// What may be on the way: the system's buffers at both ends, which it may double, and a slice.
  private static final long MOST_ON_THE_WAY = 4_000_000;

  @OverWires
  void aHundredMegabytesReachASlowReaderInBoundedMemory(Wires wires) throws Exception {
    var handler =
        new TestHandler<>(
            c -> {
              ByteBuffer src = ByteBuffer.allocate(200_000);
              for (long sent = 0; sent < TOTAL; sent += src.limit()) {
                src.clear().limit((int) Math.min(src.capacity(), TOTAL - sent));
                Bytes.fill(src, sent);
                c.write(src.flip());
              }
              return c.bytesWritten();
            });
    long most = 0;
    try (var wire = wires.open(handler)) {
      Connection connection = handler.connection();
      ByteBuffer dst = ByteBuffer.allocate(64 * 1024);
      for (long received = 0; received < TOTAL; received += dst.limit()) {
        wire.peer().read(dst.clear());
        most = Math.max(most, connection.bytesWritten() - received);
        Bytes.check(dst.flip(), received);
        dst.position(0);
      }
      assertThat(handler.result()).isEqualTo(TOTAL);
      assertThat(wire.peer().isAtEnd()).isTrue();
    }
    assertThat(most).isLessThan(MOST_ON_THE_WAY);
  }

  @OverWires
  void bothDirectionsFlowAtOnceWithoutWaitingForEachOther(Wires wires) throws Exception {
    long total = 10_000_000;
    var handler = new TestHandler<>(c -> c.input().transferTo(c.output()));
    try (var wire = wires.open(handler)) {
      Thread sender = Thread.startVirtualThread(() -> send(wire.peer(), total));
      ByteBuffer dst = ByteBuffer.allocate(30_000);
      for (long received = 0; received < total; received += dst.limit()) {
        wire.peer().read(dst.clear());
        Bytes.check(dst.flip(), received);
        dst.position(0);
      }
      sender.join();
      assertThat(handler.result()).isEqualTo(total);
    }
  }

  private static void send(TestPeer peer, long total) {
    try {
      ByteBuffer src = ByteBuffer.allocate(50_000);
      for (long sent = 0; sent < total; sent += src.limit()) {
        src.clear().limit((int) Math.min(src.capacity(), total - sent));
        Bytes.fill(src, sent);
        peer.write(src.flip());
      }
      peer.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
