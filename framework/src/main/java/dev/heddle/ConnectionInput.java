package dev.heddle;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The reading half of a [Connection].
///
/// ```
///   buffer:  | consumed | unread bytes | room |
///            0       position        limit  capacity
/// ```
///
/// The buffer is borrowed when bytes are there and given back when they are consumed. On an engine
/// that can't tell whether bytes are there, a waiting connection holds a small one of its own.
final class ConnectionInput extends InputStream {
  /// What a connection holds while it waits on an engine that must be given a buffer to wait: at
  /// first, and once its peer has filled that at one go. No size that messages often have.
  private static final int WAITING_CAPACITY = 240;

  private static final int LARGER_WAITING_CAPACITY = 1008;

  /// The most that is read at once into an array of the handler's, in bytes: the JDK reads it by
  /// way of a buffer of that size outside of the heap, and keeps the largest for each carrier.
  private static final int MAX_READ = 64 * 1024;

  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

  /// How much of what a peer still sends is read and dropped after the handler has returned, in
  /// bytes.
  private static final int DRAIN_LIMIT = 64 * 1024 * 1024;

  private final Connection connection;
  private final BufferPool pool;
  private Transport transport;
  private ByteBuffer buffer = EMPTY;
  private @Nullable ByteBuffer waiting;
  private boolean lastReadWasFull;
  private boolean outgrown;
  private boolean ended;

  /// Written by the owner; others may see a value that lags.
  long bytesRead;

  ConnectionInput(Connection connection, Transport transport) {
    this.connection = connection;
    this.transport = transport;
    this.pool = transport.buffers();
  }

  ByteBuffer buffered() {
    return buffer;
  }

  /// Reads from another transport from now on, which has taken over the unread bytes.
  void continueFrom(Transport above) {
    bytesRead -= buffer.remaining();
    release();
    waiting = null;
    lastReadWasFull = false;
    transport = above;
  }

  @Override
  public int available() {
    return buffer.remaining();
  }

  @Override
  public int read() throws IOException {
    return buffer.hasRemaining() || fill() ? buffer.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] dst, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, dst.length);
    return read(ByteBuffer.wrap(dst, offset, length));
  }

  int read(ByteBuffer dst) throws IOException {
    if (!dst.hasRemaining()) {
      return 0;
    }
    if (!buffer.hasRemaining()) {
      if (dst.remaining() >= BufferPool.CAPACITY) {
        return readInto(dst);
      }
      if (!fill()) {
        return -1;
      }
    }
    int count = Math.min(dst.remaining(), buffer.remaining());
    dst.put(dst.position(), buffer, buffer.position(), count);
    dst.position(dst.position() + count);
    buffer.position(buffer.position() + count);
    releaseConsumed();
    return count;
  }

  /// Gives the buffer back, if nothing is left in it.
  void releaseConsumed() {
    if (!buffer.hasRemaining()) {
      release();
    }
  }

  /// Reads more bytes behind the unread ones.
  ///
  /// @return false at the end of the stream, or if the reader was woken
  boolean fill() throws IOException {
    int count = 0;
    while (count == 0) {
      releaseConsumed();
      boolean readable = awaitReadable();
      if (connection.isReaderWoken()) {
        return false;
      }
      count = receiveBehindUnread(readable);
      if (count == 0 && connection.isReaderWoken()) {
        return false;
      }
    }
    return count > 0;
  }

  private int receiveBehindUnread(boolean readable) throws IOException {
    int unread = buffer.remaining();
    ByteBuffer target = unread == 0 ? borrow(readable) : withRoom();
    int start = target.limit();
    target.limit(target.capacity()).position(start);
    int count = -1;
    try {
      count = receive(target);
    } finally {
      target.limit(start + Math.max(count, 0)).position(start - unread);
      buffer = target;
    }
    return count;
  }

  /// An empty buffer to read into.
  private ByteBuffer borrow(boolean readable) {
    if (readable || lastReadWasFull) {
      return pool.borrow().limit(0);
    }
    ByteBuffer held = waiting;
    if (held == null) {
      held = ByteBuffer.allocate(outgrown ? LARGER_WAITING_CAPACITY : WAITING_CAPACITY);
      waiting = held;
    }
    return held.clear().limit(0);
  }

  /// Another protocol begins: how much the peer sent at one go tells nothing any more.
  void forgetSizes() {
    waiting = null;
    outgrown = false;
  }

  /// Waits with more room from now on, if the peer has filled what there was.
  private void noteFilled(int room) {
    if (room == WAITING_CAPACITY && !outgrown) {
      outgrown = true;
      waiting = null;
    }
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
    ByteBuffer larger =
        buffer.capacity() < BufferPool.CAPACITY
            ? pool.borrow()
            : ByteBuffer.allocate(Math.multiplyExact(buffer.capacity(), 2));
    larger.put(buffer).flip().position(unread);
    pool.giveBack(buffer);
    return larger;
  }

  /// Passes on all that comes, until the end of the stream.
  ///
  /// The frames below a waiting thread are copied whenever it goes on: hence no work here.
  @Override
  public long transferTo(OutputStream out) throws IOException {
    return out instanceof ConnectionOutput sink ? relay(sink) : copy(out);
  }

  private long copy(OutputStream out) throws IOException {
    long total = 0;
    while (buffer.hasRemaining() || fill()) {
      total += copyBuffered(out);
    }
    return total;
  }

  private long copyBuffered(OutputStream out) throws IOException {
    int count = buffer.remaining();
    out.write(buffer.array(), buffer.arrayOffset() + buffer.position(), count);
    buffer.position(buffer.limit());
    return count;
  }

  /// Passes bytes on without taking them into the Java heap.
  private long relay(ConnectionOutput sink) throws IOException {
    long total = buffer.hasRemaining() ? copyBuffered(sink) : 0;
    release();
    for (int count; (count = relayOnce(sink, awaitReadable())) >= 0; ) {
      total += count;
    }
    return total;
  }

  private int relayOnce(ConnectionOutput sink, boolean readable) throws IOException {
    ByteBuffer passing = readable || lastReadWasFull ? pool.borrowDirect() : borrow(false).clear();
    try {
      int count = receive(passing);
      if (count > 0) {
        sink.write(passing.flip());
      }
      return count;
    } finally {
      pool.giveBack(passing);
    }
  }

  /// Waits as far as the engine can without a buffer.
  private boolean awaitReadable() throws IOException {
    connection.beforeWait();
    if (ended || connection.isEnding()) {
      return true;
    }
    try {
      return transport.awaitReadable();
    } catch (IOException e) {
      connection.checkOverdue();
      throw e;
    }
  }

  private int receive(ByteBuffer dst) throws IOException {
    if (ended || connection.isEnding()) {
      return -1;
    }
    connection.checkOverdue();
    int room = dst.remaining();
    int count;
    try {
      count = transport.read(dst);
    } catch (IOException e) {
      connection.checkOverdue();
      throw e;
    }
    if (count < 0) {
      connection.checkOverdue();
      ended = true;
      return -1;
    }
    if (count == 0) {
      return 0; // nothing came after all
    }
    bytesRead += count;
    lastReadWasFull = count == room;
    if (lastReadWasFull) {
      noteFilled(room);
    }
    connection.afterWait();
    return count;
  }

  private int readInto(ByteBuffer dst) throws IOException {
    release();
    int limit = dst.limit();
    if (!dst.isDirect()) {
      dst.limit(dst.position() + Math.min(dst.remaining(), MAX_READ));
    }
    try {
      int count;
      do {
        awaitReadable();
        count = receive(dst);
      } while (count == 0 && !connection.isReaderWoken());
      return count;
    } finally {
      dst.limit(limit);
    }
  }

  /// Reads and drops what the peer still sends, up to a limit, so that closing the socket does not
  /// take the last answer from it (RFC 9112, section 9.6). The scope holds the time.
  void drain() throws IOException {
    long read = bytesRead;
    try {
      while (!ended && bytesRead - read < DRAIN_LIMIT && fill()) {
        buffer.position(buffer.limit());
      }
    } finally {
      bytesRead = read; // what no handler has seen does not count
    }
  }

  /// Gives back the buffer and what is in it.
  void release() {
    ByteBuffer unused = buffer;
    buffer = EMPTY;
    pool.giveBack(unused);
  }
}
