package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Handlers and platform threads that fight over one lock do not stop a loop for good, as they
/// would if the loop itself waited for a lock that was handed to a thread only it can run.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SharedLockTest {
  private static final int CLIENTS = 16;
  private static final int ROUNDS = 150;

  /// What is done under contention, by everybody.
  private interface Contention {
    void contend();
  }

  private static void contend(TestBackends backend, Contention contention) throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    CountDownLatch contending = new CountDownLatch(2);
    Runnable rival =
        () -> {
          contending.countDown();
          while (!over.get()) {
            contention.contend();
          }
        };
    Thread[] rivals = {Thread.ofPlatform().start(rival), Thread.ofPlatform().start(rival)};
    ConnectionHandler handler =
        c -> {
          for (int b; (b = c.input().read()) >= 0; ) {
            contention.contend();
            c.output().write(b);
          }
        };
    try (Server server = TestBackends.serve(backend.optionsWithOneLoop().build(), handler)) {
      contending.await();
      new EchoClient(server.localAddress(), 1).run(CLIENTS, ROUNDS, 1, 1);
      assertThat(server.statistics().failed()).isZero();
    } finally {
      over.set(true);
      for (Thread each : rivals) {
        each.join();
      }
    }
  }

  @OverBackends
  void aMonitorSharedWithPlatformThreadsIsNoDeadlock(TestBackends backend) throws Exception {
    Object monitor = new Object();
    long[] count = {0};
    contend(
        backend,
        () -> {
          synchronized (monitor) {
            count[0]++;
          }
        });
    assertThat(count[0]).isGreaterThan((long) CLIENTS * ROUNDS);
  }

  @OverBackends
  void aFairLockSharedWithPlatformThreadsIsNoDeadlock(TestBackends backend) throws Exception {
    ReentrantLock lock = new ReentrantLock(true); // fair: handed over to whoever waits
    long[] count = {0};
    contend(
        backend,
        () -> {
          lock.lock();
          try {
            count[0]++;
          } finally {
            lock.unlock();
          }
        });
    assertThat(count[0]).isGreaterThan((long) CLIENTS * ROUNDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SELECTOR_LOOP", "SELECTOR_SCHEDULER"})
  void aLoggerSharedWithPlatformThreadsIsNoDeadlock(String backend) throws Exception {
    try (ChildJvm child = ChildJvm.start(ChildJvm.OPENS, LoggingMain.class, backend)) {
      assertThat(child.line()).isEqualTo("all echoed");
    }
  }
}
