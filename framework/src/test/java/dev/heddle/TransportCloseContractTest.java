package dev.heddle;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Timeout;

/// The contract of [Transport], as its [Connection] shows it: what other threads may do to a thread
/// that is blocked in it.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TransportCloseContractTest {
  /// The engines that wait by themselves, and not in a read of the JDK's.
  private static final Set<String> CAN_WAKE =
      Set.of("SELECTOR_LOOP", "SELECTOR_SCHEDULER", "VIRTUAL_POLLER");

  private static final TestHandler.Body<Exception> READ =
      c -> failure(() -> c.read(ByteBuffer.allocate(1)));
  private static final TestHandler.Body<Exception> WRITE =
      c ->
          failure(
              () -> {
                while (true) {
                  c.write(ByteBuffer.allocate(10_000));
                }
              });

  @OverWires
  void closingFromAnotherThreadWakesABlockedReader(Wires wires) throws Exception {
    var handler = new TestHandler<>(READ);
    ThreadOf thread = new ThreadOf(handler);
    try (var wire = wires.open(thread)) {
      Blocked.await(thread.get());
      handler.connection().close();
      handler.connection().close();
      assertThat(handler.result()).isInstanceOf(ClosedChannelException.class);
      assertThat(wire.peer().isClosedByServer()).isTrue();
    }
  }

  @OverWires
  void closingFromAnotherThreadWakesABlockedWriter(Wires wires) throws Exception {
    var handler = new TestHandler<>(WRITE);
    ThreadOf thread = new ThreadOf(handler);
    try (var wire = wires.open(thread)) {
      assertThat(wire.peer().read(ByteBuffer.allocate(1))).as("it has begun").isEqualTo(1);
      Blocked.await(thread.get());
      handler.connection().close();
      assertThat(handler.result()).isInstanceOf(ClosedChannelException.class);
      assertThat(wire.peer().read(ByteBuffer.allocate(1))).isEqualTo(1);
    }
  }

  @OverWires
  void theOwnerMayCloseToo(Wires wires) throws Exception {
    var handler =
        new TestHandler<>(
            c -> {
              c.output().write("lost".getBytes(US_ASCII));
              c.close();
              c.close();
              assertThatIOException().isThrownBy(() -> c.read(ByteBuffer.allocate(1)));
              assertThatIOException().isThrownBy(() -> c.write(ByteBuffer.allocate(1)));
              return true;
            });
    try (var wire = wires.open(handler)) {
      assertThat(handler.result()).isTrue();
      assertThat(wire.peer().isClosedByServer()).isTrue();
    }
  }

  @OverWires
  void endingTheInputWakesABlockedReaderAndLeavesTheOutput(Wires wires) throws Exception {
    var handler =
        new TestHandler<>(
            c -> {
              int count = c.read(ByteBuffer.allocate(1));
              c.output().write('w');
              c.flush();
              return count + " " + c.read(ByteBuffer.allocate(100_000)) + " " + c.input().read();
            });
    ThreadOf thread = new ThreadOf(handler);
    try (var wire = wires.open(thread)) {
      Blocked.await(thread.get());
      handler.connection().endInput();
      handler.connection().endInput();
      assertThat(wire.peer().receiveText(1)).isEqualTo("w");
      assertThat(handler.result()).isEqualTo("-1 -1 -1");
      assertThat(wire.peer().isAtEnd()).isTrue();
    }
  }

  @OverWires
  void wakingAReaderEndsItsWaitAndNotItsInput(Wires wires) throws Exception {
    var handler =
        new TestHandler<>(
            c -> {
              boolean came = c.fill();
              return came ? "not woken" : "woken, " + c.buffered().remaining() + ", " + c.fill();
            });
    ThreadOf thread = new ThreadOf(handler);
    try (var wire = wires.open(thread)) {
      Blocked.await(thread.get());
      boolean can = handler.connection().wakeReader();
      assertThat(can).as("it can").isEqualTo(CAN_WAKE.contains(wires.engine()));
      if (can) {
        Blocked.await(thread.get());
      }
      wire.peer().write(ByteBuffer.allocate(1));
      assertThat(handler.result()).isEqualTo(can ? "woken, 0, true" : "not woken");
    }
  }

  @OverWires
  void anInterruptWakesABlockedReaderAndClosesItsConnection(Wires wires) throws Exception {
    var handler = new TestHandler<>(READ);
    ThreadOf thread = new ThreadOf(handler);
    try (var wire = wires.open(thread)) {
      Blocked.await(thread.get());
      thread.get().interrupt();
      assertThat(handler.result()).isInstanceOf(ClosedByInterruptException.class);
      assertThat(wire.peer().isClosedByServer()).isTrue();
    }
  }

  @OverWires
  void anInterruptWakesABlockedWriterAndClosesItsConnection(Wires wires) throws Exception {
    var handler =
        new TestHandler<>(
            c -> {
              Exception thrown = WRITE.handle(c);
              assertThat(Thread.interrupted()).isTrue();
              assertThatIOException().isThrownBy(() -> c.read(ByteBuffer.allocate(1)));
              return thrown;
            });
    ThreadOf thread = new ThreadOf(handler);
    try (var wire = wires.open(thread)) {
      assertThat(wire.peer().read(ByteBuffer.allocate(1))).as("it has begun").isEqualTo(1);
      Blocked.await(thread.get());
      thread.get().interrupt();
      assertThat(handler.result()).isInstanceOf(ClosedByInterruptException.class);
      assertThat(wire.peer().read(ByteBuffer.allocate(1))).isEqualTo(1);
    }
  }

  @OverWires
  void aReaderThatNeverReadsIsClosedAfterTheWriteTimeout(Wires wires) throws Exception {
    var handler = new TestHandler<>(WRITE);
    try (var wire = wires.open(handler, options -> options.writeTimeout(Duration.ofMillis(200)))) {
      assertThat(handler.result())
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessage("the peer has accepted no bytes within the write timeout");
      assertThat(wire.peer().read(ByteBuffer.allocate(1))).isEqualTo(1);
    }
  }

  @OverWires
  void aPeerThatStaysSilentIsTimedOut(Wires wires) throws Exception {
    var handler = new TestHandler<>(READ);
    try (var wire = wires.open(handler, options -> options.idleTimeout(Duration.ofMillis(200)))) {
      assertThat(handler.result())
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessage("nothing came within the time allowed");
      assertThat(wire.peer().isAtEnd()).isTrue();
    }
  }

  @FunctionalInterface
  private interface Action {
    void run() throws IOException;
  }

  private static Exception failure(Action action) {
    try {
      action.run();
    } catch (IOException e) {
      return e;
    }
    throw new AssertionError("nothing was thrown");
  }
}
