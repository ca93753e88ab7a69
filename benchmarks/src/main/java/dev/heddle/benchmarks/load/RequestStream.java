package dev.heddle.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// Endless bytes that come round again, cut into messages of one length.
///
/// Any run of messages is one slice of one direct buffer, so a batch is written by one call and
/// nothing is copied:
///
/// ```
/// 0                      period            period + MAX_WRITE
/// | m0 | m1 | m2 | ...      | m0 | m1 | ...      |
/// ```
///
/// The message length need not divide the period. Belongs to one thread.
final class RequestStream {
  /// The most that one write or one [#at] covers.
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
  long start(int connection) {
    return (long) connection * stride;
  }

  /// The `length` bytes from `position` on, in a buffer that the next call changes.
  ByteBuffer at(long position, int length) {
    int offset = (int) (position % period);
    return bytes.limit(offset + length).position(offset);
  }

  /// Writes up to `count` bytes from `position` on, and returns how many the socket took.
  long write(SocketChannel channel, long position, long count) throws IOException {
    long written = 0;
    while (written < count) {
      int length = (int) Math.min(count - written, MAX_SLICE);
      int taken = channel.write(at(position + written, length));
      written += taken;
      if (taken < length) {
        break;
      }
    }
    return written;
  }
}
