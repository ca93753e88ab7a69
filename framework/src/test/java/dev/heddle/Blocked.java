package dev.heddle;

import java.time.Duration;

/// Tells when another thread has come to rest in a blocking call.
public final class Blocked {
  private Blocked() {}

  /// Returns once `thread` is parked, waits for a monitor, or is in a system call.
  public static void await(Thread thread) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!isBlocked(thread)) {
      if (System.nanoTime() > end) {
        throw new AssertionError(thread + " did not come to rest: " + thread.getState());
      }
      Thread.onSpinWait();
    }
  }

  private static boolean isBlocked(Thread thread) {
    return switch (thread.getState()) {
      case WAITING, TIMED_WAITING, BLOCKED -> true;
      case RUNNABLE -> isInSystemCall(thread.getStackTrace());
      case NEW, TERMINATED -> false;
    };
  }

  private static boolean isInSystemCall(StackTraceElement[] stack) {
    return stack.length > 0
        && stack[0].isNativeMethod()
        && stack[0].getClassName().startsWith("sun.nio.ch.");
  }
}
