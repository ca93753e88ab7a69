package dev.heddle.backend;

import java.nio.ByteBuffer;

/// Gathering writes, of several buffers by one system call.
public final class Gathering {
  private Gathering() {}

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
