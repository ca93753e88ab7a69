package dev.heddle;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/// The contract of [Transport], as its [Connection] shows it: reading.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TransportReadContractTest {
  private static final int LENGTH = 300_000;

  @OverWires
  void aReadBlocksUntilBytesComeAndReturnsThem(Wires wires) throws Exception {
    var handler =
        new TestHandler<>(
            c -> {
              ByteBuffer dst = ByteBuffer.allocate(100);
              int count = c.read(dst);
              return count + " " + dst.position() + " " + (char) dst.get(0);
            });
    ThreadOf thread = new ThreadOf(handler);
    try (var wire = wires.open(thread)) {
      Blocked.await(thread.get());
      wire.peer().send("x");
      assertThat(handler.result()).isEqualTo("1 1 x");
    }
  }

  @OverWires
  void aReadFillsNoMoreThanItsBufferAndLeavesTheRest(Wires wires) throws Exception {
    var handler =
        new TestHandler<>(
            c -> {
              StringBuilder read = new StringBuilder();
              ByteBuffer one = ByteBuffer.allocate(3).position(1).limit(2);
              while (read.length() < 6) {
                assertThat(c.read(one)).isEqualTo(1);
                read.append((char) one.get(1));
                one.position(1);
              }
              return read.toString();
            });
    try (var wire = wires.open(handler)) {
      wire.peer().send("abcdef");
      assertThat(handler.result()).isEqualTo("abcdef");
    }
  }

  @OverWires
  void aReadIntoAFullBufferReturnsZeroWithoutWaiting(Wires wires) throws Exception {
    var handler = new TestHandler<>(c -> c.read(ByteBuffer.allocate(0)));
    try (var wire = wires.open(handler)) {
      assertThat(handler.result()).isZero();
      assertThat(wire.peer().isAtEnd()).isTrue();
    }
  }

  @OverWires
  void theEndOfTheStreamComesAfterTheLastByteAndStays(Wires wires) throws Exception {
    var handler =
        new TestHandler<>(
            c -> {
              byte[] all = c.input().readAllBytes();
              ByteBuffer large = ByteBuffer.allocate(2 * BufferPool.CAPACITY);
              return all.length + " " + c.read(large) + " " + c.input().read() + " " + c.fill();
            });
    try (var wire = wires.open(handler)) {
      wire.peer().send("last words");
      wire.peer().shutdownOutput();
      assertThat(handler.result()).isEqualTo("10 -1 -1 false");
    }
  }

  @OverWires
  void bytesComeInOrderHoweverTheyAreSentAndRead(Wires wires) throws Exception {
    long seed = System.nanoTime();
    byte[] sent = Bytes.random(seed, LENGTH);
    var handler = new TestHandler<>(c -> readInManyWays(c, new Random(seed + 1)));
    try (var wire = wires.open(handler)) {
      Random random = new Random(seed + 2);
      for (int at = 0; at < LENGTH; ) {
        int count = Math.min(LENGTH - at, size(random));
        wire.peer().write(ByteBuffer.wrap(sent, at, count));
        at += count;
      }
      assertThat(handler.result()).as("seed %d", seed).isEqualTo(sent);
    }
  }

  private static byte[] readInManyWays(Connection c, Random random) throws Exception {
    ByteBuffer all = ByteBuffer.allocate(LENGTH);
    InputStream input = c.input();
    while (all.hasRemaining()) {
      int count = Math.min(all.remaining(), size(random));
      switch (random.nextInt(5)) {
        case 0 -> all.put((byte) input.read());
        case 1 -> all.put(input.readNBytes(count));
        case 2 -> read(c, ByteBuffer.allocate(count), all);
        case 3 -> read(c, ByteBuffer.allocateDirect(count), all);
        default -> takeBuffered(c, all, random);
      }
    }
    return all.array();
  }

  private static void read(Connection c, ByteBuffer dst, ByteBuffer all) throws Exception {
    int count = c.read(dst);
    assertThat(count).isPositive().isEqualTo(dst.position());
    all.put(dst.flip());
  }

  private static void takeBuffered(Connection c, ByteBuffer all, Random random) throws Exception {
    int before = c.buffered().remaining();
    if (before < 20_000 && before < all.remaining()) {
      assertThat(c.fill()).isTrue();
      assertThat(c.buffered().remaining()).isGreaterThan(before);
    }
    ByteBuffer buffered = c.buffered();
    int count = random.nextInt(buffered.remaining() + 1);
    all.put(buffered.slice(buffered.position(), count));
    buffered.position(buffered.position() + count);
  }

  private static int size(Random random) {
    return random.nextBoolean() ? 1 + random.nextInt(20) : 1 + random.nextInt(40_000);
  }

  @OverWires
  void aSilentClientIsWaitedForAndThenServed(Wires wires) throws Exception {
    var handler = new TestHandler<>(c -> c.input().transferTo(c.output()));
    ThreadOf thread = new ThreadOf(handler);
    try (var wire = wires.open(thread)) {
      Blocked.await(thread.get());
      wire.peer().send("at last");
      assertThat(wire.peer().receiveText(7)).isEqualTo("at last");
      Blocked.await(thread.get());
      wire.peer().shutdownOutput();
      assertThat(wire.peer().isAtEnd()).isTrue();
      assertThat(handler.result()).isEqualTo(7);
    }
  }

  @OverWires
  void aServerMaySpeakFirst(Wires wires) throws Exception {
    ConnectionHandler handler =
        c -> {
          c.output().write("220 ready\n".getBytes(US_ASCII));
          c.input().transferTo(c.output());
        };
    try (var wire = wires.open(handler)) {
      assertThat(wire.peer().receiveText(10)).isEqualTo("220 ready\n");
      wire.peer().send("QUIT");
      assertThat(wire.peer().receiveText(4)).isEqualTo("QUIT");
    }
  }

  @OverWires
  @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void outputIsFlushedBeforeInputIsWaitedFor(Wires wires) throws Exception {
    ConnectionHandler handler =
        c -> {
          for (int b; (b = c.input().read()) >= 0; ) {
            c.output().write(b);
          }
        };
    try (var wire = wires.open(handler)) {
      for (String message : new String[] {"a", "bc", "def"}) {
        wire.peer().send(message);
        assertThat(wire.peer().receiveText(message.length())).isEqualTo(message);
      }
    }
  }
}
