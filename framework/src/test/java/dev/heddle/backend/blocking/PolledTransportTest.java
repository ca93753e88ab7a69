package dev.heddle.backend.blocking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.backend.JdkInternals;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A transport whose thread runs only when the test lets it.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PolledTransportTest {
  private final BlockingQueue<Runnable> runnable = new LinkedBlockingQueue<>();
  private final BlockingQueue<Object> results = new LinkedBlockingQueue<>();
  private final Turns turns = new Turns(List.of());
  private SocketChannel client;
  private SocketChannel channel;
  private PolledTransport transport;

  @BeforeEach
  void connect() throws IOException {
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      client = SocketChannel.open(listener.getLocalAddress());
      channel = listener.accept();
    }
    transport = new PolledTransport(channel, turns, Thread.ofVirtual().factory());
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    channel.close();
  }

  private void read() {
    try {
      results.add(transport.read(ByteBuffer.allocate(100)));
    } catch (IOException e) {
      results.add(e);
    }
  }

  private void startReading() throws InterruptedException {
    JdkInternals.virtualThreadsOn(runnable::add).start(this::read);
    letRun();
    assertThat(results).isEmpty();
  }

  /// Lets the thread run until it waits, or ends.
  private void letRun() throws InterruptedException {
    Runnable next = runnable.poll(20, TimeUnit.SECONDS);
    assertThat(next).as("somebody can run").isNotNull();
    next.run();
  }

  @Test
  void aReadWaitsForWhatComes() throws Exception {
    startReading();

    client.write(ByteBuffer.wrap(new byte[3]));
    letRun();

    assertThat(results.take()).isEqualTo(3);
  }

  /// What its thread has on its stack when it gives a turn may stay in memory.
  @Test
  void aNewConnectionDoesNotTryTurns() throws Exception {
    turns.decide(0);
    turns.decide(0);
    assertThat(turns.give(true)).as("it is tried whether turns pay").isTrue();
    for (int wait = 1; wait <= 4; wait++) {
      startReading();
      assertThat(runnable).as("those that gave a turn").isEmpty();
      receive();
    }
    startReading();
    assertThat(runnable).as("those that gave a turn").hasSize(1);
    receive();
  }

  /// A turn that brings nothing costs a turn; one that brings something begins anew.
  @Test
  void turnsThatBringNothingAreTriedLessAndLessOften() throws Exception {
    turns.decide(0);
    turns.decide(0);
    List<Integer> waits = new ArrayList<>();
    for (int tries = 0; tries < 7; tries++) {
      waits.add(waitsBeforeATurn());
      letRun(); // nothing is there: it waits
      receive();
    }
    assertThat(waits).containsExactly(4, 1, 2, 4, 8, 16, 16);

    assertThat(waitsBeforeATurn()).isEqualTo(16);
    receive();
    assertThat(waitsBeforeATurn()).as("behind one that has brought something").isZero();
    letRun();
    receive();
    assertThat(waitsBeforeATurn()).isEqualTo(1);
    receive();
  }

  /// Reads again and again, until one gives a turn first, and has yet to run again.
  private int waitsBeforeATurn() throws Exception {
    for (int waits = 0; ; waits++) {
      startReading();
      if (!runnable.isEmpty()) {
        return waits;
      }
      receive();
    }
  }

  /// Has bytes come for the thread that reads.
  private void receive() throws Exception {
    client.write(ByteBuffer.wrap(new byte[3]));
    letRun();
    assertThat(results.take()).isEqualTo(3);
  }

  /// Else the next socket could have its number, and the poller would take the one for the other.
  @Test
  void theChannelIsNotClosedWhileSomebodyWaitsAtIt() throws Exception {
    startReading();

    transport.close();
    assertThat(channel.isOpen()).isTrue();
    letRun();

    assertThat(channel.isOpen()).isFalse();
    assertThat(results.take()).isInstanceOf(AsynchronousCloseException.class);
  }

  @Test
  void theChannelIsClosedAtOnceIfNobodyWaitsAtIt() {
    transport.close();

    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aReaderThatIsWokenReturnsWithNothing() throws Exception {
    startReading();

    assertThat(transport.wakeReader()).isTrue();
    letRun();

    assertThat(results.take()).isEqualTo(0);
  }

  @Test
  void aReaderThatIsWokenBeforeItWaitsDoesNotWait() throws Exception {
    transport.wakeReader();
    JdkInternals.virtualThreadsOn(runnable::add).start(this::read);
    letRun();

    assertThat(results.take()).isEqualTo(0);
  }

  /// It returns to the caller, who gives the buffer back before it waits again.
  @Test
  void whoIsToldInVainThatBytesAreThereReadsNothing() throws Exception {
    JdkInternals.virtualThreadsOn(runnable::add)
        .start(
            () -> {
              try {
                results.add(transport.awaitReadable());
                results.add(transport.read(ByteBuffer.allocate(100)));
              } catch (IOException e) {
                results.add(e);
              }
            });
    letRun();

    assertThat(results).containsExactly(true, 0);
  }
}
