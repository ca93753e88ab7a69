package dev.heddle.tls;

import dev.heddle.BufferPool;
import dev.heddle.Peer;
import dev.heddle.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// A transport whose reads bring as few bytes as the test says, and whose writes are kept.
final class Tapped implements Transport {
  private final Transport below;
  private final IntUnaryOperator most;
  private long read;
  private final List<byte[]> writes = new ArrayList<>();

  /// @param most how many bytes a read brings at most, by how many were read before
  Tapped(Transport below, IntUnaryOperator most) {
    this.below = below;
    this.most = most;
  }

  Tapped(Transport below) {
    this(below, _ -> Integer.MAX_VALUE);
  }

  /// The bytes of each write so far; forgets them.
  synchronized List<byte[]> takeWrites() {
    List<byte[]> taken = List.copyOf(writes);
    writes.clear();
    return taken;
  }

  /// The lengths of the records in some bytes, without their headers.
  static List<Integer> records(List<byte[]> writes) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    writes.forEach(all::writeBytes);
    ByteBuffer bytes = ByteBuffer.wrap(all.toByteArray());
    List<Integer> lengths = new ArrayList<>();
    while (bytes.hasRemaining()) {
      int length = bytes.getShort(bytes.position() + 3) & 0xffff;
      lengths.add(length);
      bytes.position(bytes.position() + 5 + length);
    }
    return lengths;
  }

  @Override
  public boolean awaitReadable() throws IOException {
    return below.awaitReadable();
  }

  @Override
  public int read(ByteBuffer dst) throws IOException {
    int limit = dst.limit();
    int room = Math.min(dst.remaining(), most.applyAsInt((int) read));
    dst.limit(dst.position() + Math.max(room, 1));
    int count = below.read(dst);
    dst.limit(limit);
    read += Math.max(count, 0);
    return count;
  }

  @Override
  public void write(ByteBuffer... srcs) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (ByteBuffer src : srcs) {
      byte[] bytes = new byte[src.remaining()];
      src.duplicate().get(bytes);
      all.writeBytes(bytes);
    }
    synchronized (this) {
      writes.add(all.toByteArray());
    }
    below.write(srcs);
  }

  @Override
  public void writeFile(FileChannel file, long position, long count) {
    throw new AssertionError("in the clear");
  }

  @Override
  public void shutdownInput() {
    below.shutdownInput();
  }

  @Override
  public void shutdownOutput() throws IOException {
    below.shutdownOutput();
  }

  @Override
  public void close() {
    below.close();
  }

  @Override
  public Peer peer() {
    return below.peer();
  }

  @Override
  public BufferPool buffers() {
    return below.buffers();
  }
}
