package dev.heddle.ws;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Undoes the masking of what a client sends (RFC 6455, section 5.3), eight bytes at a time.
///
/// A key is the four bytes of the frame read as a little-endian number, so that its lowest byte
/// belongs to the next byte of the payload.
final class Masking {
  private static final VarHandle EIGHT_OCTETS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle FOUR_OCTETS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private Masking() {}

  /// The key that stands at `at`.
  static int key(byte[] frame, int at) {
    return (int) FOUR_OCTETS.get(frame, at);
  }

  /// The key for what follows `count` bytes.
  static int advance(int key, int count) {
    return Integer.rotateRight(key, 8 * (count & 3));
  }

  /// Copies bytes without their mask. Both may be the same bytes.
  ///
  /// @return all eights of them put together by OR: see [Utf8#isAscii]
  static long unmask(int key, byte[] src, int from, byte[] dst, int to, int count) {
    long twice = (key & 0xffff_ffffL) | (long) key << 32;
    long all = 0;
    int i = 0;
    for (; i <= count - 8; i += 8) {
      long clear = (long) EIGHT_OCTETS.get(src, from + i) ^ twice;
      EIGHT_OCTETS.set(dst, to + i, clear);
      all |= clear;
    }
    for (long rest = twice; i < count; i++, rest >>>= 8) {
      byte clear = (byte) (src[from + i] ^ rest);
      dst[to + i] = clear;
      all |= clear;
    }
    return all;
  }
}
