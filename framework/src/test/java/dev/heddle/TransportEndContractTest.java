package dev.heddle;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Timeout;

/// The contract of [Transport], as its [Connection] shows it: how the two directions end when the
/// peers mean it, and when one vanishes.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TransportEndContractTest {

  @OverWires
  void afterThePeerHasEndedItsHalfTheServerStillWrites(Wires wires) throws Exception {
    var handler =
        new TestHandler<>(
            c -> {
              byte[] request = c.input().readAllBytes();
              c.output().write(request);
              c.output().write(request);
              return request.length;
            });
    try (var wire = wires.open(handler)) {
      wire.peer().send("twice");
      wire.peer().shutdownOutput();
      assertThat(wire.peer().receiveText(10)).isEqualTo("twicetwice");
      assertThat(wire.peer().isAtEnd()).isTrue();
      assertThat(handler.result()).isEqualTo(5);
    }
  }

  @OverWires
  void afterTheServerHasEndedItsHalfItStillReads(Wires wires) throws Exception {
    var handler =
        new TestHandler<>(
            c -> {
              c.output().write('!');
              c.shutdownOutput();
              c.shutdownOutput();
              c.output().close();
              return new String(c.input().readAllBytes(), US_ASCII);
            });
    try (var wire = wires.open(handler)) {
      assertThat(wire.peer().receiveText(1)).isEqualTo("!");
      assertThat(wire.peer().isAtEnd()).isTrue();
      wire.peer().send("still here");
      wire.peer().shutdownOutput();
      assertThat(handler.result()).isEqualTo("still here");
    }
  }

  @OverWires
  void writingAfterTheEndOfOutputIsRefused(Wires wires) throws Exception {
    var handler =
        new TestHandler<>(
            c -> {
              c.shutdownOutput();
              assertThatIOException()
                  .isThrownBy(() -> c.write(ByteBuffer.wrap(new byte[1])))
                  .isInstanceOf(ClosedChannelException.class);
              assertThatIOException()
                  .isThrownBy(() -> c.output().write(1))
                  .isInstanceOf(ClosedChannelException.class);
              return true;
            });
    try (var wire = wires.open(handler)) {
      assertThat(wire.peer().isAtEnd()).isTrue();
      assertThat(handler.result()).isTrue();
    }
  }

  @OverWires
  void aReaderLearnsThatThePeerHasReset(Wires wires) throws Exception {
    var handler = new TestHandler<>(c -> failure(() -> c.read(ByteBuffer.allocate(1))));
    ThreadOf thread = new ThreadOf(handler);
    try (var wire = wires.open(thread)) {
      Blocked.await(thread.get());
      wire.peer().reset();
      assertThat(handler.result())
          .isInstanceOf(SocketException.class)
          .hasMessage("Connection reset");
    }
  }

  @OverWires
  void aWriterLearnsThatThePeerHasReset(Wires wires) throws Exception {
    var handler = new TestHandler<>(c -> failure(() -> writeForEver(c)));
    ThreadOf thread = new ThreadOf(handler);
    try (var wire = wires.open(thread)) {
      Blocked.await(thread.get());
      wire.peer().reset();
      assertThat(handler.result()).isInstanceOf(IOException.class);
    }
  }

  @OverWires
  void aWriterLearnsThatThePeerHasClosed(Wires wires) throws Exception {
    var handler = new TestHandler<>(c -> failure(() -> writeForEver(c)));
    ThreadOf thread = new ThreadOf(handler);
    try (var wire = wires.open(thread)) {
      Blocked.await(thread.get());
      wire.peer().close();
      assertThat(handler.result()).isInstanceOf(IOException.class);
    }
  }

  @OverWires
  void aHandlerThatReturnsSendsWhatIsBufferedAndEndsTheConnection(Wires wires) throws Exception {
    try (var wire = wires.open(c -> c.output().write("bye".getBytes(US_ASCII)))) {
      assertThat(wire.peer().receiveText(3)).isEqualTo("bye");
      assertThat(wire.peer().isAtEnd()).isTrue();
    }
  }

  @OverWires
  void whatThePeerStillSendsDoesNotTakeTheLastAnswerFromIt(Wires wires) throws Exception {
    byte[] answer = Bytes.random(5, 10_000);
    CountDownLatch sent = new CountDownLatch(1);
    ConnectionHandler handler =
        c -> {
          c.input().read();
          await(sent);
          c.write(ByteBuffer.wrap(answer));
        };
    try (var wire = wires.open(handler)) {
      wire.peer().write(ByteBuffer.allocate(10_000));
      sent.countDown();
      wire.peer().write(ByteBuffer.allocate(100_000));
      assertThat(wire.peer().receive(answer.length)).isEqualTo(answer);
      assertThat(wire.peer().isAtEnd()).isTrue();
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void writeForEver(Connection c) throws IOException {
    for (; ; ) {
      c.write(ByteBuffer.allocate(10_000));
    }
  }

  @FunctionalInterface
  private interface Action {
    void run() throws Exception;
  }

  private static Exception failure(Action action) {
    try {
      action.run();
    } catch (Exception e) {
      return e;
    }
    throw new AssertionError("nothing was thrown");
  }
}
