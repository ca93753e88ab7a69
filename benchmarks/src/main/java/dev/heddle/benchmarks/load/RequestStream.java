package dev.heddle.benchmarks.load;

import java.nio.ByteBuffer;

/// Endless bytes that come round again, cut into messages of one length.
///
/// Any run of messages is one slice of one direct buffer, so a batch is written by one call and
/// nothing is copied:
///
/// ```
/// 0                      period            period + MAX_SLICE
/// | m0 | m1 | m2 | ...      | m0 | m1 | ...      |
/// ```
///
/// A position is a byte's place in the period, below it. The message length need not divide the
/// period. Belongs to one thread.
final class RequestStream {
  /// The most that one [#at] covers.
  static final int MAX_SLICE = 64 * 1024;

  private final ByteBuffer bytes;
  private final int period;
  private final int messageLength;
  private final int stride;

  /// @param once one period
  /// @param stride how many bytes further into the period each connection starts than the one
  ///   before
  RequestStream(byte[] once, int messageLength, int stride) {
    this.period = once.length;
    this.messageLength = messageLength;
    this.stride = stride;
    bytes = ByteBuffer.allocateDirect(period + MAX_SLICE);
    while (bytes.hasRemaining()) {
      bytes.put(once, 0, Math.min(period, bytes.remaining()));
    }
  }

  int messageLength() {
    return messageLength;
  }

  /// The position at which the messages of a connection start.
  int start(int connection) {
    return (int) ((long) connection * stride % period);
  }

  /// The position `length` bytes after another.
  int after(int position, int length) {
    int after = position + length;
    return after < period ? after : after % period; // most messages need no division
  }

  /// The `length` bytes from `position` on, in a buffer that the next call changes.
  ByteBuffer at(int position, int length) {
    return bytes.limit(position + length).position(position);
  }
}
