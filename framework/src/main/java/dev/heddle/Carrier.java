package dev.heddle;

/// What carries the virtual threads of connections: on backend `selector` the event loop or the
/// scheduler, on backend `virtual` the poller or the scheduler.
public enum Carrier {
  /// The event loop or the poller where the JDK's internals are open to us, else the scheduler.
  AUTO,

  /// The event loop that polls the connection's socket. Needs `--add-opens
  /// java.base/java.lang=dev.heddle` (or `=ALL-UNNAMED` on the class path).
  LOOP,

  /// The JDK's thread that polls the connection's socket, while there is little load, and none of
  /// the threads that it carries holds it for long; else the scheduler. Connections wait at it by
  /// themselves then, without a buffer, and not in reads of the JDK's. Needs the JDK's pollers on
  /// threads of the system, which starting the engine asks for (`-Djdk.pollerMode=1`) unless they
  /// run already, and `--add-opens` of `java.base/java.lang` and of `java.base/sun.nio.ch`.
  POLLER,

  /// The JDK's scheduler of virtual threads; the loop or the poller only wakes them.
  SCHEDULER
}
