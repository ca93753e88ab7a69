package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What a connection leaves to a codec that attends to it.
class AttendedConnectionTest {
  private static final class Attendant implements ConnectionAttendant {
    private final AtomicInteger drains = new AtomicInteger();
    private final AtomicInteger alarms = new AtomicInteger();

    @Override
    public void draining() {
      drains.incrementAndGet();
    }

    @Override
    public void alarm() {
      alarms.incrementAndGet();
    }
  }

  private final Attendant attendant = new Attendant();
  private final CountDownLatch attended = new CountDownLatch(1);

  private TimedScope scope(ConnectionHandler handler) {
    return new TimedScope(ServerOptions.DEFAULT, handler);
  }

  private TestHandler<Integer> reader() {
    return new TestHandler<>(
        connection -> {
          connection.attend(attendant);
          attended.countDown();
          return connection.input().read();
        });
  }

  @Test
  void anAlarmRingsOnceWhenItsTimeHasComeAndNotBefore() throws Exception {
    TestHandler<Integer> handler = reader();
    TimedScope time = scope(handler);
    try (InMemoryTransport _ = time.connect()) {
      attended.await();
      handler.connection().alarmAfter(Duration.ofSeconds(3));
      time.passAlmost(Duration.ofSeconds(3));
      assertThat(attendant.alarms).hasValue(0);
      time.passTheRest();
      assertThat(attendant.alarms).hasValue(1);
      time.pass(Duration.ofMinutes(20));
      assertThat(attendant.alarms).hasValue(1);
      assertThat(time.isOpen()).isTrue();
    }
    time.awaitClosed();
  }

  @Test
  void anAlarmReplacesTheOneBeforeAndCanBeTakenBack() throws Exception {
    TestHandler<Integer> handler = reader();
    TimedScope time = scope(handler);
    try (InMemoryTransport _ = time.connect()) {
      attended.await();
      Connection connection = handler.connection();
      connection.alarmAfter(Duration.ofSeconds(3));
      connection.alarmAfter(Duration.ofSeconds(9));
      time.pass(Duration.ofSeconds(5));
      assertThat(attendant.alarms).hasValue(0);
      connection.alarmAfter(Duration.ZERO);
      time.pass(Duration.ofMinutes(1));
      assertThat(attendant.alarms).hasValue(0);
    }
    time.awaitClosed();
  }

  @Test
  void aDrainIsToldToTheAttendantAndDoesNotEndTheInput() throws Exception {
    TestHandler<Integer> handler = reader();
    TimedScope time = scope(handler);
    try (InMemoryTransport client = time.connect()) {
      attended.await();
      time.scope.drain();
      assertThat(attendant.drains).hasValue(1);
      time.scope.endInput();
      client.write(ByteBuffer.wrap(new byte[] {7}));
      assertThat(handler.result()).isEqualTo(7);
    }
    time.awaitClosed();
  }

  @Test
  void whoAttendsWhileTheServerClosesIsToldAtOnce() throws Exception {
    TestHandler<Integer> handler =
        new TestHandler<>(
            connection -> {
              connection.attend(attendant);
              connection.awaiting(Duration.ZERO);
              return connection.input().read();
            });
    TimedScope time = scope(handler);
    time.scope.drain();
    try (InMemoryTransport client = time.connect()) {
      client.write(ByteBuffer.wrap(new byte[] {7}));
      assertThat(handler.result()).isEqualTo(7);
      assertThat(attendant.drains).hasValue(1);
    }
    time.awaitClosed();
  }

  @Test
  void outputIsNotSentBeforeAWaitButWhenItIsFlushedByWhomever() throws Exception {
    BlockingQueue<Thread> owner = new LinkedBlockingQueue<>();
    TestHandler<Integer> handler =
        new TestHandler<>(
            connection -> {
              connection.attend(attendant);
              connection.output().write('a');
              owner.add(Thread.currentThread());
              return connection.input().read();
            });
    TimedScope time = scope(handler);
    try (InMemoryTransport client = time.connect()) {
      Blocked.await(owner.take());
      Connection connection = handler.connection();
      assertThat(connection.bytesWritten()).isZero();
      connection.flush();
      ByteBuffer got = ByteBuffer.allocate(10);
      assertThat(client.read(got)).isEqualTo(1);
      assertThat(got.get(0)).isEqualTo((byte) 'a');
    }
    time.awaitClosed();
  }
}
