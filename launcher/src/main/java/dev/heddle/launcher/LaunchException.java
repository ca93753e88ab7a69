package dev.heddle.launcher;

/// Why a program can't start, in one line for the person who started it.
final class LaunchException extends RuntimeException {
  private final int exitStatus;

  private LaunchException(int exitStatus, String message) {
    super(message);
    this.exitStatus = exitStatus;
  }

  /// What was asked for makes no sense.
  static LaunchException usage(String message) {
    return new LaunchException(Launcher.USAGE, message);
  }

  /// What was asked for can't be had here and now.
  static LaunchException environment(String message) {
    return new LaunchException(Launcher.ENVIRONMENT, message);
  }

  int exitStatus() {
    return exitStatus;
  }
}
