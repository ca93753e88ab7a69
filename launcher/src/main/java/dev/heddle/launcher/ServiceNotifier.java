package dev.heddle.launcher;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Tells a service manager such as systemd when the server is ready, that it lives, and when it
/// stops (sd_notify(3)). Where nobody wants to know, does nothing.
///
/// Threading: any thread.
final class ServiceNotifier implements AutoCloseable {
  private static final Logger LOG = System.getLogger("dev.heddle.launcher");

  private final @Nullable DatagramSender manager;
  private final Duration watchdog;
  private final CountDownLatch closed = new CountDownLatch(1);

  private ServiceNotifier(@Nullable DatagramSender manager, Duration watchdog) {
    this.manager = manager;
    this.watchdog = watchdog;
  }

  /// A notifier for what the environment names: the socket in `NOTIFY_SOCKET`, and how often it
  /// wants to hear of us in `WATCHDOG_USEC`.
  static ServiceNotifier of(Map<String, String> environment) {
    String socket = environment.getOrDefault("NOTIFY_SOCKET", "");
    if (socket.isEmpty()) {
      return new ServiceNotifier(null, Duration.ZERO);
    }
    try {
      return new ServiceNotifier(new DatagramSender(socket), watchdog(environment));
    } catch (IOException | NumberFormatException e) {
      LOG.log(Level.WARNING, "NOTIFY_SOCKET is set, but can't be used: " + e.getMessage());
      return new ServiceNotifier(null, Duration.ZERO);
    }
  }

  /// Zero if there is none, or if it watches another process.
  private static Duration watchdog(Map<String, String> environment) {
    String pid = environment.getOrDefault("WATCHDOG_PID", "");
    String micros = environment.getOrDefault("WATCHDOG_USEC", "");
    boolean isOurs = pid.isEmpty() || Long.parseLong(pid) == ProcessHandle.current().pid();
    return micros.isEmpty() || !isOurs
        ? Duration.ZERO
        : Duration.of(Long.parseLong(micros), ChronoUnit.MICROS);
  }

  /// The server listens. From now on the watchdog hears of it, twice as often as it wants to, until
  /// this is closed.
  void ready(String status) {
    send("READY=1\nSTATUS=" + status);
    if (manager != null && watchdog.isPositive()) {
      Thread.ofPlatform().daemon().name("heddle-watchdog-pings").start(this::ping);
    }
  }

  private void ping() {
    long nanos = watchdog.toNanos() / 2;
    try {
      do {
        send("WATCHDOG=1");
      } while (!closed.await(nanos, TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      // Nobody else has this thread; whoever interrupts it wants it to end.
    }
  }

  /// The server has been told to end, and drains.
  void stopping(String status) {
    send("STOPPING=1\nSTATUS=" + status);
  }

  private void send(String message) {
    if (manager == null) {
      return;
    }
    try {
      manager.send(message);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the service manager could not be told: " + e.getMessage());
    }
  }

  /// The watchdog hears no more.
  @Override
  public void close() {
    closed.countDown();
  }
}
