package dev.heddle.benchmarks.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A message's number and intended send time, as a text that any protocol passes on as it is.
///
/// ```
/// #<run: 8 hex digits><number: 8><time: 16>
/// ```
///
/// @param number of the message within its run, from 0
/// @param intended in the clock of [System#nanoTime()] of the process that sent it
record Stamp(int number, long intended) {
  private static final int NUMBER = 9;
  private static final int INTENDED = 17;
  private static final int LENGTH = 33;

  String text(int run) {
    return String.format("#%08x%08x%016x", run, number, intended);
  }

  /// Finds a stamp of a run between two indexes; null when there is none.
  static @Nullable Stamp find(ByteBuffer bytes, int from, int to, int run) {
    for (int at = from; at + LENGTH <= to; at++) {
      if (bytes.get(at) == '#' && hex(bytes, at + 1, NUMBER - 1) == run) {
        return new Stamp((int) hex(bytes, at + NUMBER, 8), hex(bytes, at + INTENDED, 16));
      }
    }
    return null;
  }

  private static long hex(ByteBuffer bytes, int at, int digits) {
    byte[] text = new byte[digits];
    bytes.get(at, text);
    String word = new String(text, StandardCharsets.US_ASCII);
    return word.matches("[0-9a-f]+") ? Long.parseUnsignedLong(word, 16) : -1;
  }
}
