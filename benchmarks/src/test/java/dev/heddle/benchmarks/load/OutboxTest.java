package dev.heddle.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OutboxTest {
  private static final int PERIOD = 1_009;
  private static final int CONNECTION = 3;
  private static final int LENGTH = 4_000_001; // more than the sockets hold, and no whole periods
  private static final int SOCKET_BUFFER = 16 * 1024;

  private final byte[] once = new byte[PERIOD];
  private final Outbox outbox;

  OutboxTest() {
    new SplittableRandom(1).nextBytes(once);
    outbox = new Outbox(new RequestStream(once, LENGTH, 1), CONNECTION);
  }

  private interface Script {
    void play(SocketChannel ours, SocketChannel peer) throws IOException;
  }

  private static void connected(Script script) throws IOException {
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      try (SocketChannel ours = SocketChannel.open()) {
        ours.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER);
        ours.connect(listener.getLocalAddress());
        ours.configureBlocking(false);
        try (SocketChannel peer = listener.accept()) {
          peer.configureBlocking(false);
          script.play(ours, peer);
        }
      }
    }
  }

  private void writeAll(SocketChannel ours, SocketChannel peer, ByteBuffer received)
      throws IOException {
    while (received.hasRemaining()) {
      outbox.write(ours);
      peer.read(received);
    }
    assertThat(outbox.isEmpty()).isTrue();
  }

  private void putMessages(ByteBuffer to, int from, int count) {
    for (long i = (long) from * LENGTH; i < (long) (from + count) * LENGTH; i++) {
      to.put(once[(int) ((CONNECTION + i) % PERIOD)]);
    }
  }

  private static ByteBuffer aside(int number) {
    return ByteBuffer.wrap(new byte[] {1, 2, 3, (byte) number});
  }

  @Test
  void anAsideGoesBetweenTheMessageThatHasBegunAndTheNext() throws IOException {
    ByteBuffer expected = ByteBuffer.allocate(3 * LENGTH + 4);
    putMessages(expected, 0, 1);
    expected.put(aside(9));
    putMessages(expected, 1, 2);
    ByteBuffer received = ByteBuffer.allocate(expected.capacity());
    connected(
        (ours, peer) -> {
          outbox.addMessages(3);
          assertThat(outbox.write(ours)).isBetween(1L, LENGTH - 1L);
          outbox.addAside(aside(8)); // not begun when the next comes, so never written
          outbox.addAside(aside(9));
          writeAll(ours, peer, received);
        });
    assertThat(received.flip()).isEqualTo(expected.flip());
  }

  @Test
  void anAsideGoesBeforeAMessageThatHasNotBegun() throws IOException {
    ByteBuffer expected = ByteBuffer.allocate(4 + LENGTH);
    expected.put(aside(1));
    putMessages(expected, 0, 1);
    ByteBuffer received = ByteBuffer.allocate(expected.capacity());
    connected(
        (ours, peer) -> {
          outbox.addMessages(1);
          outbox.addAside(aside(1));
          assertThat(outbox.isEmpty()).isFalse();
          writeAll(ours, peer, received);
        });
    assertThat(received.flip()).isEqualTo(expected.flip());
  }

  @Test
  void aGoodbyeEndsTheMessageThatHasBegunAndBeginsNoOther() throws IOException {
    ByteBuffer expected = ByteBuffer.allocate(LENGTH + 4);
    putMessages(expected, 0, 1);
    expected.put(aside(1));
    ByteBuffer received = ByteBuffer.allocate(expected.capacity());
    connected(
        (ours, peer) -> {
          outbox.addMessages(2);
          assertThat(outbox.write(ours)).isBetween(1L, LENGTH - 1L);
          outbox.addAside(aside(1));
          while (received.hasRemaining()) {
            outbox.writeAside(ours);
            peer.read(received);
          }
          assertThat(outbox.writeAside(ours)).isZero();
          assertThat(peer.read(ByteBuffer.allocate(1))).isZero();
        });
    assertThat(received.flip()).isEqualTo(expected.flip());
    assertThat(outbox.isEmpty()).isFalse();
  }
}
