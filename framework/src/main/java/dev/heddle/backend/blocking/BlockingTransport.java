package dev.heddle.backend.blocking;

import dev.heddle.Peer;
import dev.heddle.Transport;
import dev.heddle.backend.Gathering;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;

/// A connection over a channel in blocking mode: the JDK blocks the calling thread, whatever kind
/// of thread that is.
class BlockingTransport implements Transport {
  /// The most that a platform thread writes at once, in bytes: its write returns when all of them
  /// are accepted, and only then is seen to have made progress.
  private static final int SLICE = 16 * 1024;

  /// The most of a file that is sent at once, in bytes: on a virtual thread that has not read yet,
  /// the system blocks until all of them are accepted.
  private static final int FILE_SLICE = 64 * 1024;

  final SocketChannel channel;
  private final int slice;
  private final Peer peer;

  /// Written by the writer; others may see a value that lags.
  private long partialWrites;

  /// A transport for platform threads.
  BlockingTransport(SocketChannel channel) throws IOException {
    this(channel, SLICE);
  }

  /// @param slice the most that is written at once, in bytes
  BlockingTransport(SocketChannel channel, int slice) throws IOException {
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

  @Override
  public void writeFile(FileChannel file, long position, long count) throws IOException {
    int fileSlice = Math.min(slice, FILE_SLICE);
    for (long sent = 0; sent < count; ) {
      long written = file.transferTo(position + sent, Math.min(fileSlice, count - sent), channel);
      if (written == 0 && position + sent >= file.size()) {
        throw new EOFException("the file ends " + (count - sent) + " bytes early");
      }
      sent += written;
      partialWrites++;
    }
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
