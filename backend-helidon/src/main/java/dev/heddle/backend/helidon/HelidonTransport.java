package dev.heddle.backend.helidon;

import dev.heddle.Peer;
import dev.heddle.Transport;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.common.buffers.DataWriter;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/// A connection that Helidon hosts. Bytes go through Helidon's reader and writer; what these can't
/// do (files, ending one direction, closing from another thread) is done to the channel beneath,
/// which is safe as the writer keeps nothing back.
///
/// ```
///   read:   socket -> Helidon's 8 KB -> array of what came -> dst
///   write:  array of src -> Helidon's 8 KB -> socket
/// ```
final class HelidonTransport implements Transport {
  /// The most that Helidon is given at once: it returns when all of it is accepted, and only then
  /// is the write seen to have made progress.
  private static final int SLICE = 16 * 1024;

  private static final byte[] EMPTY = {};

  private final SocketChannel channel;
  private final Peer peer;

  /// Written by the writer; others may see a value that lags.
  private long partialWrites;

  @SuppressWarnings("NullAway.Init") // see open()
  private DataReader reader;

  @SuppressWarnings("NullAway.Init")
  private DataWriter writer;

  /// A transport that may be closed, and no more until it is [#open]ed.
  HelidonTransport(SocketChannel channel) throws IOException {
    this.channel = channel;
    this.peer = new Peer(channel.getRemoteAddress(), channel.getLocalAddress());
  }

  /// Tells what Helidon has put around the channel; before the first byte is read or written.
  void open(DataReader helidonReader, DataWriter helidonWriter) {
    reader = helidonReader;
    writer = helidonWriter;
  }

  @Override
  public boolean awaitReadable() throws IOException {
    await();
    return true;
  }

  /// Waits until Helidon has bytes for us.
  ///
  /// @return false at the end of the stream
  private boolean await() throws IOException {
    try {
      reader.ensureAvailable();
      return true;
    } catch (InsufficientDataAvailableException e) {
      return false;
    } catch (RuntimeException e) {
      throw Unwrapped.from(e);
    }
  }

  @Override
  public int read(ByteBuffer dst) throws IOException {
    if (!await()) {
      return -1;
    }
    int count = Math.min(reader.available(), dst.remaining());
    return reader.readBuffer(count).writeTo(dst, count);
  }

  @Override
  public void write(ByteBuffer... srcs) throws IOException {
    try {
      if (srcs.length > 1 && isShort(srcs)) {
        writer.writeNow(
            Arrays.stream(srcs).map(src -> take(src, src.remaining())).toArray(BufferData[]::new));
        partialWrites++;
      } else {
        for (ByteBuffer src : srcs) {
          writeInSlices(src);
        }
      }
    } catch (RuntimeException e) {
      throw Unwrapped.from(e);
    }
  }

  private static boolean isShort(ByteBuffer... srcs) {
    long total = 0;
    for (ByteBuffer src : srcs) {
      if (!src.hasArray()) {
        return false;
      }
      total += src.remaining();
    }
    return total <= SLICE;
  }

  private void writeInSlices(ByteBuffer src) {
    byte[] copy = src.hasArray() ? EMPTY : new byte[Math.min(src.remaining(), SLICE)];
    while (src.hasRemaining()) {
      int count = Math.min(src.remaining(), SLICE);
      if (src.hasArray()) {
        writer.writeNow(take(src, count));
      } else {
        src.get(copy, 0, count);
        writer.writeNow(BufferData.create(copy, 0, count));
      }
      partialWrites++;
    }
  }

  /// Takes so many bytes, where they are.
  private static BufferData take(ByteBuffer src, int count) {
    BufferData data = BufferData.create(src.array(), src.arrayOffset() + src.position(), count);
    src.position(src.position() + count);
    return data;
  }

  @Override
  public long partialWrites() {
    return partialWrites;
  }

  @Override
  public void writeFile(FileChannel file, long position, long count) throws IOException {
    for (long sent = 0; sent < count; ) {
      long written = file.transferTo(position + sent, Math.min(SLICE, count - sent), channel);
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
