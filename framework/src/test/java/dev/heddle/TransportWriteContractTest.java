package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Timeout;

/// The contract of [Transport], as its [Connection] shows it: writing.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TransportWriteContractTest {
  private static final int LARGE = 300_000;

  @OverWires
  void aLargeWriteGoesOutInPartsAndReturnsWhenAllIsAccepted(Wires wires) throws Exception {
    byte[] sent = Bytes.random(1, LARGE);
    var handler =
        new TestHandler<>(
            c -> {
              ByteBuffer src = ByteBuffer.wrap(sent);
              c.write(src);
              return src.remaining() + " left, " + c.bytesWritten() + " written";
            });
    ThreadOf thread = new ThreadOf(handler);
    try (var wire = wires.open(thread)) {
      Blocked.await(thread.get());
      assertThat(wire.peer().receive(LARGE)).isEqualTo(sent);
      assertThat(handler.result()).isEqualTo("0 left, 300000 written");
    }
  }

  @OverWires
  void gatheringWritesOfAnyShapeArriveInOrder(Wires wires) throws Exception {
    long seed = System.nanoTime();
    byte[] sent = Bytes.random(seed, LARGE);
    var handler =
        new TestHandler<>(
            c -> {
              Random random = new Random(seed);
              ByteBuffer all = ByteBuffer.wrap(sent);
              while (all.hasRemaining()) {
                if (random.nextBoolean()) {
                  ByteBuffer part = cut(all, random);
                  c.output().write(part.array(), part.arrayOffset(), part.remaining());
                }
                c.write(parts(all, random));
              }
              return true;
            });
    try (var wire = wires.open(handler)) {
      assertThat(wire.peer().receive(LARGE)).as("seed %d", seed).isEqualTo(sent);
      assertThat(handler.result()).isTrue();
    }
  }

  private static ByteBuffer[] parts(ByteBuffer all, Random random) {
    ByteBuffer[] parts = new ByteBuffer[1 + random.nextInt(5)];
    for (int i = 0; i < parts.length; i++) {
      ByteBuffer part = cut(all, random);
      parts[i] =
          random.nextBoolean()
              ? part
              : ByteBuffer.allocateDirect(part.remaining()).put(part).flip();
    }
    return parts;
  }

  private static ByteBuffer cut(ByteBuffer all, Random random) {
    int bound = random.nextInt(4) == 0 ? 1 : random.nextBoolean() ? 100 : 100_000;
    int count = Math.min(all.remaining(), random.nextInt(bound));
    ByteBuffer part = all.slice(all.position(), count);
    all.position(all.position() + count);
    return part;
  }

  @OverWires
  void aGatheringWriteWhoseLastBufferIsEmptyLosesNothing(Wires wires) throws Exception {
    byte[] sent = Bytes.random(2, 60_000);
    var handler =
        new TestHandler<>(
            c -> {
              for (int i = 0; i < 20; i++) {
                c.write(ByteBuffer.wrap(sent), ByteBuffer.allocate(0));
              }
              return true;
            });
    ThreadOf thread = new ThreadOf(handler);
    try (var wire = wires.open(thread)) {
      Blocked.await(thread.get());
      for (int i = 0; i < 20; i++) {
        assertThat(wire.peer().receive(sent.length)).isEqualTo(sent);
      }
      assertThat(handler.result()).isTrue();
    }
  }

  @OverWires
  void aGatheringWriteOfMoreBuffersThanTheSystemTakesAtOnceArrivesWhole(Wires wires)
      throws Exception {
    byte[] sent = Bytes.random(3, 5000);
    var handler =
        new TestHandler<>(
            c -> {
              ByteBuffer[] single = new ByteBuffer[sent.length];
              for (int i = 0; i < single.length; i++) {
                single[i] = ByteBuffer.wrap(sent, i, 1);
              }
              c.write(single);
              return true;
            });
    try (var wire = wires.open(handler)) {
      assertThat(wire.peer().receive(sent.length)).isEqualTo(sent);
      assertThat(handler.result()).isTrue();
    }
  }

  @OverWires
  void writingNothingDoesNothing(Wires wires) throws Exception {
    var handler =
        new TestHandler<>(
            c -> {
              c.write();
              c.write(ByteBuffer.allocate(0));
              c.write(ByteBuffer.allocate(0), ByteBuffer.allocate(0));
              c.output().write(new byte[0]);
              c.flush();
              return c.bytesWritten();
            });
    try (var wire = wires.open(handler)) {
      assertThat(handler.result()).isZero();
      assertThat(wire.peer().isAtEnd()).isTrue();
    }
  }

  @OverWires
  void theCallersBuffersKeepTheirLimits(Wires wires) throws Exception {
    var handler =
        new TestHandler<>(
            c -> {
              ByteBuffer src = ByteBuffer.allocate(200_000).position(10).limit(150_010);
              ByteBuffer second = ByteBuffer.allocate(100_000).limit(70_000);
              c.write(src, second);
              return "%d/%d %d/%d"
                  .formatted(src.position(), src.limit(), second.position(), second.limit());
            });
    try (var wire = wires.open(handler)) {
      wire.peer().receive(220_000);
      assertThat(handler.result()).isEqualTo("150010/150010 70000/70000");
    }
  }
}
