package dev.heddle.backend;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/// The part of the JDK that waits for the sockets of virtual threads.
public final class JdkPoller {
  private static final Logger LOG = System.getLogger("dev.heddle.backend");
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

  private static void onPlatformThread() {
    Thread starter = Thread.ofPlatform().name("heddle-poller-start").start(JdkPoller::start);
    Uninterrupted.join(starter, PATIENCE);
  }
}
