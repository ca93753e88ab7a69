package dev.heddle.ws;

import java.util.Arrays;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/// Compresses the messages to one peer (RFC 7692, section 7.2.1). Holds native memory within a
/// message, and between messages if they may refer to each other.
///
/// The JDK's deflater has a window of 32 KiB, always. For a peer that wants a smaller one the data
/// is cut into pieces of the window's size, none of which refers to another.
///
/// Threading: one thread at a time; [#memory()] any.
final class MessageDeflater {
  /// The window bits of the JDK's deflater.
  static final int MAX_WINDOW_BITS = 15;

  private static final int TAIL_LENGTH = 4;

  /// An empty block, as far as it is sent, for a last piece that adds nothing.
  private static final byte[] EMPTY_BLOCK = {0};

  private final boolean keepsContext;
  private final int window;

  /// Others may look whether it is there.
  private volatile @Nullable Deflater deflater;

  /// @param windowBits from 8 to 15; below 15 there is no context
  MessageDeflater(boolean keepsContext, int windowBits) {
    this.keepsContext = keepsContext && windowBits == MAX_WINDOW_BITS;
    this.window = windowBits == MAX_WINDOW_BITS ? Integer.MAX_VALUE : 1 << windowBits;
  }

  /// Compresses the next piece of a message, at least one byte of it unless it is the last.
  ///
  /// @param last whether the message ends here
  byte[] deflate(byte[] src, int from, int length, boolean last) {
    Deflater current = current();
    byte[] dst = new byte[Math.max(64, length / 2)];
    int count = 0;
    for (int at = 0; at < length; ) {
      int piece = Math.min(window, length - at);
      current.setInput(src, from + at, piece);
      at += piece;
      int flush = at < length ? Deflater.FULL_FLUSH : flushAtEnd(last);
      for (int made = -1; made != 0; count += made) {
        if (count == dst.length) {
          dst = Arrays.copyOf(dst, 2 * count);
        }
        made = current.deflate(dst, count, dst.length - count, flush);
      }
    }
    current.setInput(EMPTY_BLOCK, 0, 0); // lets go of the message
    if (!last) {
      return Arrays.copyOf(dst, count);
    }
    if (!keepsContext) {
      release();
    }
    return count == 0 ? EMPTY_BLOCK : Arrays.copyOf(dst, count - TAIL_LENGTH);
  }

  /// No piece may refer to the one before if the window is small.
  private int flushAtEnd(boolean last) {
    return !last && window < Integer.MAX_VALUE ? Deflater.FULL_FLUSH : Deflater.SYNC_FLUSH;
  }

  /// A message has been sent that this did not see, or not as it was sent: what comes must not
  /// refer to anything before.
  void forget() {
    release();
  }

  /// Gives back the native memory. Idempotent.
  void release() {
    Deflater borrowed = deflater;
    deflater = null;
    if (borrowed != null) {
      ZlibPool.giveBack(borrowed);
    }
  }

  /// The native memory that is held, in bytes, about.
  long memory() {
    return deflater == null ? 0 : ZlibPool.DEFLATER_MEMORY;
  }

  private Deflater current() {
    Deflater current = deflater;
    if (current == null) {
      current = ZlibPool.borrowDeflater();
      deflater = current;
    }
    return current;
  }
}
