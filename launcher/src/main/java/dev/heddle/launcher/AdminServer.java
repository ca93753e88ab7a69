package dev.heddle.launcher;

/// What serves operators, if anything does. Closed behind the server that it tells of.
@FunctionalInterface
interface AdminServer extends AutoCloseable {
  /// Serves nothing.
  AdminServer NONE = () -> {};

  @Override
  void close();
}
