package dev.heddle.backend;

import dev.heddle.Peer;
import dev.heddle.Transport;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;

/// A connection over a channel in blocking mode: the JDK blocks the calling thread, whatever kind
/// of thread that is.
public class BlockingTransport implements Transport {
  /// The most that a platform thread writes at once, in bytes: its write returns when all of them
  /// are accepted, and only then is seen to have made progress.
  private static final int SLICE = 16 * 1024;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final SocketChannel channel;
  private final int slice;
  private final Peer peer;

  /// Written by the writer; others may see a value that lags.
  private long partialWrites;

  /// A transport for platform threads.
  public BlockingTransport(SocketChannel channel) throws IOException {
    this(channel, SLICE);
  }

  /// A transport for any threads.
  ///
  /// @param slice the most that is written at once, in bytes; all there is, for virtual threads
  public BlockingTransport(SocketChannel channel, int slice) throws IOException {
    this.channel = channel;
    this.slice = slice;
    this.peer = new Peer(channel.getRemoteAddress(), channel.getLocalAddress());
  }

  @Override
  public boolean awaitReadable() throws IOException {
    return false;
  }

  @Override
  public int read(ByteBuffer dst) throws IOException {
    return channel.read(dst);
  }

  @Override
  public void write(ByteBuffer... srcs) throws IOException {
    if (Gathering.remaining(srcs) > slice) {
      for (ByteBuffer src : srcs) {
        writeInSlices(src);
      }
      return;
    }
    while (Gathering.haveRemaining(srcs)) {
      if (srcs.length == 1) {
        channel.write(srcs[0]);
      } else {
        channel.write(srcs);
      }
      partialWrites++;
    }
  }

  private void writeInSlices(ByteBuffer src) throws IOException {
    int end = src.limit();
    try {
      while (src.position() < end) {
        src.limit(Math.min(end, src.position() + slice));
        channel.write(src);
        partialWrites++;
      }
    } finally {
      src.limit(end);
    }
  }

  @Override
  public long partialWrites() {
    return partialWrites;
  }

  /// By sendfile, which knows of no virtual threads: it waits for a slow peer in the system, and so
  /// would hold the carrier; or, once the JDK has made the socket non-blocking, not at all. So it
  /// only sends what the peer takes at once, and waits are left to writes of a buffer.
  @Override
  public void writeFile(FileChannel file, long position, long count) throws IOException {
    boolean onVirtual = Thread.currentThread().isVirtual();
    if (onVirtual) {
      channel.write(NOTHING); // has the JDK make the socket non-blocking, if nothing has before
    }
    long end = position + count;
    for (long at = position; at < end; partialWrites++) {
      long most = Math.min(Math.min(slice, FileTurn.BYTES), end - at);
      long sent = file.transferTo(at, most, channel);
      if (sent == 0) {
        sent = writeWaiting(file, at, end - at);
      }
      at += sent;
      if (onVirtual && sent == most && at < end) {
        letOthersGoFirst();
      }
    }
  }

  /// Writes what the peer takes next, at least a byte; blocks until it does.
  private long writeWaiting(FileChannel file, long position, long count) throws IOException {
    ByteBuffer piece = buffers().borrow();
    try {
      piece.clear().limit((int) Math.min(piece.capacity(), count));
      if (file.read(piece, position) < 0) {
        throw new EOFException("the file ends " + count + " bytes early");
      }
      return channel.write(piece.flip());
    } finally {
      buffers().giveBack(piece);
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // a hint is what we mean
  private static void letOthersGoFirst() {
    Thread.yield();
  }

  @Override
  public void shutdownInput() {
    try {
      channel.shutdownInput();
    } catch (ClosedChannelException e) {
      // closed: nothing will be read
    } catch (IOException e) {
      close();
    }
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // closed all the same
    }
  }

  @Override
  public Peer peer() {
    return peer;
  }
}
