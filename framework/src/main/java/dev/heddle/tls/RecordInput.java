package dev.heddle.tls;

import dev.heddle.BufferPool;
import dev.heddle.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLProtocolException;
import org.jspecify.annotations.Nullable;

/// The encrypted bytes of a connection as they come from the network, cut into records (RFC 8446,
/// section 5.1):
///
/// ```
///   | type | version | length | length bytes ... |
///     1      2         2
/// ```
///
/// The buffer is borrowed when bytes are there and given back when the last whole record was taken.
/// On an engine that can't tell whether bytes are there, a waiting connection holds a small one of
/// its own.
///
/// Threading: the reader's.
final class RecordInput {
  /// Content types (RFC 8446, section 5.1).
  static final int HANDSHAKE = 22;

  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int HEARTBEAT = 24;

  private static final int HEADER = 5;
  private static final int WAITING_CAPACITY = 1024;
  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

  private final Transport below;
  private final BufferPool pool;
  private ByteBuffer buffer = EMPTY;
  private @Nullable ByteBuffer waiting;
  private boolean lastReadWasFull;

  /// @param arrived bytes that have come before
  RecordInput(Transport below, ByteBuffer arrived) {
    this.below = below;
    this.pool = below.buffers();
    if (arrived.hasRemaining()) {
      int count = arrived.remaining();
      buffer = count <= BufferPool.CAPACITY ? pool.borrow() : ByteBuffer.allocate(count);
      buffer.put(arrived.duplicate()).flip();
    }
  }

  /// Blocks until a whole record is there.
  ///
  /// @return a positive number if it is; 0 if the reader was woken, -1 at the end of the stream
  int await() throws IOException {
    while (!hasRecord()) {
      int count = fill();
      if (count <= 0) {
        return count;
      }
    }
    return buffer.remaining();
  }

  /// Whether a whole record is there, or something that is none, for the engine to refuse.
  boolean hasRecord() throws SSLProtocolException {
    if (!buffer.hasRemaining()) {
      return false;
    }
    int type = type();
    if (type < CHANGE_CIPHER_SPEC || type > HEARTBEAT) {
      return true;
    }
    return buffer.remaining() >= HEADER && buffer.remaining() >= length();
  }

  /// The content type of the record that is there.
  int type() {
    return buffer.get(buffer.position()) & 0xff;
  }

  /// The length of the record that is there, with its header: more than its content will have.
  int length() throws SSLProtocolException {
    if (buffer.remaining() < HEADER) {
      return buffer.remaining();
    }
    int length = HEADER + (buffer.getShort(buffer.position() + 3) & 0xffff);
    if (length > BufferPool.CAPACITY) {
      throw new SSLProtocolException("a record of " + length + " bytes is too long");
    }
    return length;
  }

  /// The bytes that are there: the engine takes records by moving its position.
  ByteBuffer bytes() {
    return buffer;
  }

  /// Gives the buffer back if nothing is left in it. Called after records were taken.
  void releaseIfEmpty() {
    if (!buffer.hasRemaining()) {
      release();
    }
  }

  /// Gives the buffer back with what is in it.
  void release() {
    ByteBuffer unused = buffer;
    buffer = EMPTY;
    pool.giveBack(unused);
  }

  /// Reads more bytes behind the unread ones, blocking until at least one came.
  ///
  /// @return how many; 0 if none came after all, or the reader was woken, -1 at the end of the
  ///   stream
  int fill() throws IOException {
    int unread = buffer.remaining();
    ByteBuffer target = unread == 0 ? borrow() : withRoom();
    int start = target.limit();
    target.limit(target.capacity()).position(start);
    int count = -1;
    try {
      count = below.read(target);
    } finally {
      lastReadWasFull = !target.hasRemaining();
      target.limit(start + Math.max(count, 0)).position(start - unread);
      buffer = target;
      releaseIfEmpty();
    }
    return count;
  }

  /// Waits as far as the engine can without a buffer; then an empty one.
  private ByteBuffer borrow() throws IOException {
    release();
    if (below.awaitReadable() || lastReadWasFull) {
      return pool.borrow().limit(0);
    }
    if (waiting == null) {
      waiting = ByteBuffer.allocate(WAITING_CAPACITY);
    }
    return waiting.clear().limit(0);
  }

  /// The unread bytes at the start of a buffer that has room behind them.
  private ByteBuffer withRoom() {
    if (buffer.limit() < buffer.capacity()) {
      return buffer;
    }
    int unread = buffer.remaining();
    if (buffer.position() > 0) {
      return buffer.compact().flip().position(unread);
    }
    ByteBuffer larger = pool.borrow();
    larger.put(buffer).flip().position(unread);
    pool.giveBack(buffer);
    return larger;
  }
}
