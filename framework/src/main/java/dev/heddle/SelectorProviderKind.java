package dev.heddle;

/// Which system call the selector backend waits with.
public enum SelectorProviderKind {
  /// The best the system has, as the JDK chooses.
  SYSTEM,

  /// epoll(7), on Linux: costs what is ready.
  EPOLL,

  /// poll(2): costs what is registered.
  POLL
}
