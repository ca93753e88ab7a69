package dev.heddle;

/// What carries the virtual threads of the selector backend's connections.
public enum Carrier {
  /// The event loop where the JDK's internals are open to it, else the scheduler.
  AUTO,

  /// The event loop that polls the connection's socket. Needs `--add-opens
  /// java.base/java.lang=dev.heddle` (or `=ALL-UNNAMED` on the class path).
  LOOP,

  /// The JDK's scheduler of virtual threads; the loop only wakes them.
  SCHEDULER
}
