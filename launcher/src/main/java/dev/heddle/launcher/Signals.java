package dev.heddle.launcher;

import java.lang.System.Logger.Level;
import java.lang.reflect.Proxy;

/// What the system tells a process to do. The one class that touches `sun.misc.Signal`, which the
/// JDK keeps for everyone in jdk.unsupported, as it has nothing else. By reflection, because javac
/// warns of its mere name, and nothing turns that off.
final class Signals {
  static final String INTERRUPT = "INT";
  static final String TERMINATE = "TERM";
  static final String HANG_UP = "HUP";

  private static final System.Logger LOG = System.getLogger("dev.heddle.launcher");

  private Signals() {}

  /// Does something when a signal comes, in place of what the JVM would: on a thread of its own
  /// each time. Where the JVM was told to leave signals alone (`-Xrs`), does nothing.
  static void on(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      signal
          .getMethod("handle", signal, handler)
          .invoke(
              null,
              signal.getConstructor(String.class).newInstance(name),
              Proxy.newProxyInstance(
                  handler.getClassLoader(),
                  new Class<?>[] {handler},
                  (proxy, method, arguments) -> {
                    action.run();
                    return null;
                  }));
    } catch (ReflectiveOperationException e) {
      LOG.log(Level.DEBUG, "SIG" + name + " is left to the JVM", e);
    }
  }
}
