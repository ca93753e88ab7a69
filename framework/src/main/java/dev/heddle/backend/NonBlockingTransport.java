package dev.heddle.backend;

import dev.heddle.Peer;
import dev.heddle.Transport;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;

/// A connection over a channel in non-blocking mode: writes what the network takes at once. How its
/// threads wait for the rest, and for input, is the engine's.
public abstract class NonBlockingTransport implements Transport {
  /// What it is over. Its mode is the engine's to set.
  protected final SocketChannel channel;

  private final Peer peer;

  /// Written by the writer; others may see a value that lags.
  private long partialWrites;

  protected NonBlockingTransport(SocketChannel channel) throws IOException {
    this.channel = channel;
    this.peer = new Peer(channel.getRemoteAddress(), channel.getLocalAddress());
  }

  /// Throws if it is closed, or soon is.
  protected abstract void checkOpen() throws ClosedChannelException;

  /// Waits until the network may take more. The writer.
  ///
  /// @throws IOException if it is closed meanwhile
  protected abstract void awaitWritable() throws IOException;

  /// Gives a turn to others.
  protected abstract void letOthersGoFirst();

  @Override
  public final void write(ByteBuffer... srcs) throws IOException {
    checkOpen();
    for (; ; ) {
      long written = srcs.length == 1 ? channel.write(srcs[0]) : channel.write(srcs);
      if (!Gathering.haveRemaining(srcs)) {
        return;
      }
      if (written > 0) {
        partialWrites++;
      }
      awaitWritable();
    }
  }

  @Override
  public final boolean canTryWrite() {
    return channel.isOpen();
  }

  @Override
  public final int tryWrite(ByteBuffer src) throws IOException {
    checkOpen();
    return channel.write(src);
  }

  @Override
  public final long partialWrites() {
    return partialWrites;
  }

  @Override
  public final void writeFile(FileChannel file, long position, long count) throws IOException {
    checkOpen();
    for (long sent = 0; sent < count; ) {
      long most = Math.min(FileTurn.BYTES, count - sent);
      long written = file.transferTo(position + sent, most, channel);
      if (written > 0) {
        sent += written;
        partialWrites++;
        if (written == most && sent < count) {
          letOthersGoFirst();
        }
      } else if (position + sent >= file.size()) {
        throw new EOFException("the file ends " + (count - sent) + " bytes early");
      } else {
        awaitWritable();
      }
    }
  }

  /// An interrupt closes the connection, as it does on the JDK's own blocking channels.
  protected final void checkInterrupt() throws ClosedByInterruptException {
    if (Thread.currentThread().isInterrupted()) {
      close();
      throw new ClosedByInterruptException();
    }
  }

  @Override
  public final void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public final Peer peer() {
    return peer;
  }
}
