package dev.heddle.backend;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/// The part of the JDK that waits for the sockets of virtual threads.
public final class JdkPoller {
  private static final Logger LOG = System.getLogger("dev.heddle.backend");
  private static final String MODE = "jdk.pollerMode";
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private JdkPoller() {}

  /// Starts the JDK's poller now, from this platform thread. It starts by itself on first use, but
  /// then inherits the scheduler of the virtual thread that came first, which may be one loop's;
  /// and if descriptors have run out by then, it fails for good. Every engine calls this at its
  /// start, as handlers of every engine may use virtual threads.
  public static void start() {
    if (Thread.currentThread().isVirtual()) {
      onPlatformThread();
      return;
    }
    try {
      Class.forName("sun.nio.ch.Poller", true, null);
    } catch (ClassNotFoundException e) {
      LOG.log(Level.DEBUG, "this JDK has no sun.nio.ch.Poller to start early", e);
    }
  }

  /// As [#start()], and asks for pollers that are threads of the system (mode 1), if nobody has
  /// chosen and they have not been started before. Where they run as virtual threads (mode 2), a
  /// thread of the system wakes them.
  public static synchronized void startOnThreadsOfTheSystem() {
    if (System.getProperty(MODE) != null) {
      start();
      return;
    }
    System.setProperty(MODE, "1");
    try {
      start();
    } finally {
      System.clearProperty(MODE);
    }
  }

  private static void onPlatformThread() {
    Thread starter = Thread.ofPlatform().name("heddle-poller-start").start(JdkPoller::start);
    Uninterrupted.join(starter, PATIENCE);
  }
}
