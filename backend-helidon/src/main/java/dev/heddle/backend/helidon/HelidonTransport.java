package dev.heddle.backend.helidon;

import dev.heddle.Peer;
import dev.heddle.Transport;
import dev.heddle.backend.BlockingTransport;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.common.buffers.DataWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/// A connection that Helidon hosts. Bytes go through Helidon's reader and writer; what these can't
/// do (files, ending one direction, closing from another thread) is done to the channel beneath, as
/// on our own engines, which is safe as the writer keeps nothing back.
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

  private final Transport beneath;

  /// Written by the writer; others may see a value that lags.
  private long partialWrites;

  @SuppressWarnings("NullAway.Init") // see open()
  private DataReader reader;

  @SuppressWarnings("NullAway.Init")
  private DataWriter writer;

  /// A transport that may be closed, and no more until it is [#open]ed.
  HelidonTransport(SocketChannel channel) throws IOException {
    this.beneath = new BlockingTransport(channel, Integer.MAX_VALUE);
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
    return partialWrites + beneath.partialWrites();
  }

  @Override
  public void writeFile(FileChannel file, long position, long count) throws IOException {
    beneath.writeFile(file, position, count);
  }

  @Override
  public void shutdownInput() {
    beneath.shutdownInput();
  }

  @Override
  public void shutdownOutput() throws IOException {
    beneath.shutdownOutput();
  }

  @Override
  public void close() {
    beneath.close();
  }

  @Override
  public Peer peer() {
    return beneath.peer();
  }
}
