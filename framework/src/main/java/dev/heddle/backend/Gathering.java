package dev.heddle.backend;

import java.nio.ByteBuffer;

/// Gathering writes, of several buffers by one system call.
public final class Gathering {
  private Gathering() {}

  /// How many bytes all have left.
  public static long remaining(ByteBuffer... buffers) {
    long total = 0;
    for (ByteBuffer buffer : buffers) {
      total += buffer.remaining();
    }
    return total;
  }

  /// Whether any has bytes left. The last one alone can't tell: it may have been empty from the
  /// start.
  public static boolean haveRemaining(ByteBuffer... buffers) {
    for (int i = buffers.length - 1; i >= 0; i--) {
      if (buffers[i].hasRemaining()) {
        return true;
      }
    }
    return false;
  }
}
