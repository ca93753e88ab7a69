package dev.heddle.ws;

import java.io.IOException;
import java.io.OutputStream;

/// Writes the head of a frame that a server sends, which is never masked (RFC 6455, section 5.2).
final class FrameHead {
  /// The longest there is, in bytes.
  static final int MAX_LENGTH = 10;

  private FrameHead() {}

  /// @param first the bits of the first byte
  static void write(OutputStream out, int first, int length) throws IOException {
    out.write(first);
    if (length < 126) {
      out.write(length);
    } else if (length < 0x1_0000) {
      out.write(126);
      out.write(length >> 8);
      out.write(length);
    } else {
      out.write(127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        out.write((int) ((long) length >> shift));
      }
    }
  }
}
