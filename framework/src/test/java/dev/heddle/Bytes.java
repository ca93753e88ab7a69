package dev.heddle;

import java.nio.ByteBuffer;
import java.util.Random;

/// Bytes by a seed, so that either end can tell what must come at any place in a stream.
final class Bytes {
  private Bytes() {}

  static byte[] random(long seed, int count) {
    byte[] bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /// The byte at a place of the endless stream that the bulk tests send: no period near a power of
  /// two, so that a lost or doubled block shows.
  static byte at(long place) {
    return (byte) (place * 31 + place / 251);
  }

  static void fill(ByteBuffer dst, long place) {
    while (dst.hasRemaining()) {
      dst.put(at(place++));
    }
  }

  /// Consumes a buffer that must hold the stream from `place` on.
  static void check(ByteBuffer src, long place) {
    while (src.hasRemaining()) {
      byte actual = src.get();
      if (actual != at(place)) {
        throw new AssertionError("byte %d is %d: expected %d".formatted(place, actual, at(place)));
      }
      place++;
    }
  }
}
