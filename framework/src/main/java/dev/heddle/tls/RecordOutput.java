package dev.heddle.tls;

import dev.heddle.BufferPool;
import dev.heddle.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/// Encrypts what is written, and hands it to the network: as few writes as there are flushes, until
/// they are large.
///
/// Records are numbered, and must leave in the order in which they were encrypted. The writer
/// shares them with the reader, who has to answer a peer that updates its keys: hence the lock,
/// held while they are sent.
final class RecordOutput {
  /// How many records leave by one write, at most: what a connection writes at once, 64 KiB, in
  /// records of which the JDK fills not quite 16.
  private static final int RECORDS_AT_ONCE = 5;

  private static final ByteBuffer[] NOTHING = {ByteBuffer.allocate(0)};

  private final Transport below;
  private final BufferPool pool;
  private final SSLEngine engine;
  private final ReentrantLock lock = new ReentrantLock();
  private final RecordSize size = new RecordSize();

  /// Written by the writer; others may see a value that lags.
  private long writes;

  RecordOutput(Transport below, SSLEngine engine) {
    this.below = below;
    this.pool = below.buffers();
    this.engine = engine;
  }

  /// Sends all bytes of all buffers; blocks until the network has accepted them.
  void write(ByteBuffer... srcs) throws IOException {
    lock.lock();
    try {
      size.begin(System.nanoTime());
      for (int first = skipEmpty(srcs, 0); first < srcs.length; ) {
        first = writeSome(srcs, first);
      }
    } finally {
      lock.unlock();
    }
  }

  /// How many writes to the network there were, each of them a part of what was handed in. Any
  /// thread, and then perhaps a moment old.
  long writes() {
    return writes;
  }

  /// Sends what the engine has to say by itself: a flight of the handshake, an alert, new keys.
  void answer() throws IOException {
    lock.lock();
    try {
      while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
        writeFlight();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Tells the peer that no more will come, within TLS (close_notify; RFC 8446, section 6.1).
  void end() throws IOException {
    lock.lock();
    try {
      engine.closeOutbound();
      writeFlight();
    } finally {
      lock.unlock();
    }
  }

  /// @return the index of the first buffer that has bytes left
  private int writeSome(ByteBuffer[] srcs, int first) throws IOException {
    ByteBuffer[] records = new ByteBuffer[RECORDS_AT_ONCE];
    int count = 0;
    try {
      while (first < srcs.length && count < RECORDS_AT_ONCE) {
        records[count] = pool.borrow();
        wrap(srcs, first, records[count++]);
        first = skipEmpty(srcs, first);
      }
      below.write(count == 1 ? new ByteBuffer[] {records[0]} : Arrays.copyOf(records, count));
      writes++;
      return first;
    } finally {
      for (int i = 0; i < count; i++) {
        pool.giveBack(records[i]);
      }
    }
  }

  private static int skipEmpty(ByteBuffer[] srcs, int first) {
    while (first < srcs.length && !srcs[first].hasRemaining()) {
      first++;
    }
    return first;
  }

  /// Encrypts a record of bytes from the buffers, as many as it may hold.
  private void wrap(ByteBuffer[] srcs, int first, ByteBuffer record) throws IOException {
    int room = size.next();
    int end = first;
    while (end < srcs.length && srcs[end].remaining() <= room) {
      room -= srcs[end++].remaining();
    }
    if (end == srcs.length || room == 0) {
      wrap(srcs, first, end - first, record);
      return;
    }
    ByteBuffer cut = srcs[end];
    int limit = cut.limit();
    cut.limit(cut.position() + room);
    try {
      wrap(srcs, first, end + 1 - first, record);
    } finally {
      cut.limit(limit);
    }
  }

  private void wrap(ByteBuffer[] srcs, int first, int length, ByteBuffer record)
      throws IOException {
    SSLEngineResult result = engine.wrap(srcs, first, length, record);
    if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
      throw new ClosedChannelException();
    }
    if (result.getStatus() != SSLEngineResult.Status.OK || result.bytesProduced() == 0) {
      throw new SSLException("nothing can be sent: " + result);
    }
    size.sent(result.bytesConsumed());
    record.flip();
  }

  /// Sends all that the engine has to say now, by one write if it fits a buffer.
  private void writeFlight() throws IOException {
    ByteBuffer flight = pool.borrow();
    ByteBuffer record = pool.borrow();
    try {
      SSLEngineResult result;
      do {
        result = engine.wrap(NOTHING, record.clear());
        record.flip();
        if (record.remaining() > flight.remaining()) {
          below.write(flight.flip());
          flight.clear();
        }
        flight.put(record);
      } while (result.bytesProduced() > 0
          && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP);
      if (flight.position() > 0) {
        below.write(flight.flip());
      }
    } finally {
      pool.giveBack(flight);
      pool.giveBack(record);
    }
  }
}
