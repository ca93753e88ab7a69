package dev.heddle;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The writing half of a [Connection]: gathers small writes in a borrowed buffer, and hands large
/// ones to the transport in slices, so that each slice is progress for the write-stall deadline.
final class ConnectionOutput extends OutputStream {
  /// The most that a thread of the system hands to the transport at once, in bytes: the JDK copies
  /// it, and each such thread keeps what it was copied to, also while it waits for the peer.
  private static final int SLICE = 64 * 1024;

  /// The same for a virtual thread, whose carrier has the copy, and keeps none for those that wait.
  private static final int LARGE_SLICE = 1024 * 1024;

  private static final int FILE_SLICE = 512 * 1024;

  private final Deadlines deadlines;
  private final BufferPool pool;
  private Transport transport;
  private @Nullable ByteBuffer buffer;
  private boolean closed;

  /// Written by the owner; others may see a value that lags.
  long bytesWritten;

  ConnectionOutput(Transport transport, Deadlines deadlines) {
    this.transport = transport;
    this.deadlines = deadlines;
    this.pool = transport.buffers();
  }

  /// Writes to another transport from now on.
  void continueTo(Transport above) {
    transport = above;
  }

  @Override
  public void write(int b) throws IOException {
    checkOpen();
    ByteBuffer room = room();
    if (!room.hasRemaining()) {
      flush();
      room = room();
    }
    room.put((byte) b);
  }

  @Override
  public void write(byte[] src, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, src.length);
    checkOpen();
    if (length == 0) {
      return;
    }
    if (length >= BufferPool.CAPACITY || length > room().remaining()) {
      write(ByteBuffer.wrap(src, offset, length));
    } else {
      room().put(src, offset, length);
    }
  }

  void write(ByteBuffer... srcs) throws IOException {
    checkOpen();
    ByteBuffer pending = buffer;
    if (pending == null) {
      send(srcs);
      return;
    }
    ByteBuffer[] all = new ByteBuffer[srcs.length + 1];
    all[0] = pending.flip();
    System.arraycopy(srcs, 0, all, 1, srcs.length);
    try {
      send(all);
    } finally {
      release();
    }
  }

  boolean canTryWrite() {
    return buffer == null && transport.canTryWrite();
  }

  int tryWrite(ByteBuffer src) throws IOException {
    checkOpen();
    if (buffer != null) {
      return 0;
    }
    int count = transport.tryWrite(src);
    bytesWritten += count;
    return count;
  }

  void writeFile(FileChannel file, long position, long count) throws IOException {
    flush();
    for (long sent = 0; sent < count; ) {
      long slice = Math.min(FILE_SLICE, count - sent);
      transmitFile(file, position + sent, slice);
      sent += slice;
      bytesWritten += slice;
    }
  }

  @Override
  public void flush() throws IOException {
    ByteBuffer pending = buffer;
    if (pending == null) {
      return;
    }
    try {
      send(pending.flip());
    } finally {
      release();
    }
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      flush();
      closed = true;
      transmitEnd();
    }
  }

  /// Gives back the buffer and what is in it.
  void release() {
    ByteBuffer unused = buffer;
    buffer = null;
    if (unused != null) {
      pool.giveBack(unused);
    }
  }

  private ByteBuffer room() {
    ByteBuffer room = buffer;
    if (room == null) {
      room = pool.borrow();
      buffer = room;
    }
    return room;
  }

  private void send(ByteBuffer... srcs) throws IOException {
    long total = 0;
    for (ByteBuffer src : srcs) {
      total += src.remaining();
    }
    if (total == 0) {
      return;
    }
    if (total <= SLICE) {
      transmit(srcs);
      bytesWritten += total;
    } else {
      sendSliced(srcs);
    }
  }

  /// Sends whole buffers as long as they fit a slice, and cuts the one that does not.
  private void sendSliced(ByteBuffer[] srcs) throws IOException {
    int slice = Thread.currentThread().isVirtual() ? LARGE_SLICE : SLICE;
    int first = 0;
    while (first < srcs.length) {
      int room = slice;
      int end = first;
      while (end < srcs.length && srcs[end].remaining() <= room) {
        room -= srcs[end++].remaining();
      }
      if (end < srcs.length && room > 0) {
        ByteBuffer cut = srcs[end];
        int limit = cut.limit();
        cut.limit(cut.position() + room);
        transmit(Arrays.copyOfRange(srcs, first, end + 1));
        cut.limit(limit);
        room = 0;
      } else {
        transmit(Arrays.copyOfRange(srcs, first, end));
      }
      bytesWritten += slice - room;
      first = end;
    }
  }

  /// Writes to the network under the write-stall deadline.
  private void transmit(ByteBuffer... srcs) throws IOException {
    deadlines.writeBegins();
    try {
      transport.write(srcs);
    } catch (IOException e) {
      deadlines.check();
      throw e;
    } finally {
      deadlines.writeEnds();
    }
  }

  /// As [#transmit], from a file.
  private void transmitFile(FileChannel file, long position, long count) throws IOException {
    deadlines.writeBegins();
    try {
      transport.writeFile(file, position, count);
    } catch (IOException e) {
      deadlines.check();
      throw e;
    } finally {
      deadlines.writeEnds();
    }
  }

  /// Ends the output under the write-stall deadline, as a layer may have a last word to write.
  private void transmitEnd() throws IOException {
    deadlines.writeBegins();
    try {
      transport.shutdownOutput();
    } catch (IOException e) {
      deadlines.check();
      throw e;
    } finally {
      deadlines.writeEnds();
    }
  }

  private void checkOpen() throws ClosedChannelException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }
}
