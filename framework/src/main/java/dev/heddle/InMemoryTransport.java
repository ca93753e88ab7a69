package dev.heddle;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;

/// One end of a connection in memory, for tests of handlers without a network.
///
/// ```java
/// try (InMemoryTransport client = InMemoryTransport.serve(c -> c.input().transferTo(c.output()))) {
///   client.write(ByteBuffer.wrap("hello".getBytes(UTF_8)));
///   client.shutdownOutput();
///   // client.read(...) gives the same bytes, then -1
/// }
/// ```
///
/// It behaves as TCP does: each direction holds a bounded number of bytes, a writer waits for room,
/// a reader waits for bytes, and either may end its direction while the other goes on. After
/// [#close()] the other end reads what is on its way and then the end of the stream; after
/// [#reset()] it reads no more. An interrupt closes the end that the interrupted thread waits on.
public final class InMemoryTransport implements Transport {
  /// The bytes that a direction of [#pair()] holds.
  public static final int DEFAULT_CAPACITY = 64 * 1024;

  private final Pipe in;
  private final Pipe out;
  private final Peer peer;

  /// Two ends: what one writes, the other reads.
  public record Pair(InMemoryTransport server, InMemoryTransport client) {}

  private InMemoryTransport(Pipe in, Pipe out, Peer peer) {
    this.in = in;
    this.out = out;
    this.peer = peer;
  }

  /// Two connected ends that hold up to [#DEFAULT_CAPACITY] bytes in each direction.
  public static Pair pair() {
    return pair(DEFAULT_CAPACITY);
  }

  /// Two connected ends.
  ///
  /// @param capacity how many bytes each direction holds before its writer waits, at least 1
  public static Pair pair(int capacity) {
    OptionCheck.check(capacity >= 1, "capacity", capacity, "a number from 1");
    Pipe up = new Pipe(capacity);
    Pipe down = new Pipe(capacity);
    SocketAddress server = new Address("memory:server");
    SocketAddress client = new Address("memory:client");
    return new Pair(
        new InMemoryTransport(up, down, new Peer(client, server)),
        new InMemoryTransport(down, up, new Peer(server, client)));
  }

  /// Serves one connection on a virtual thread as a server with the default options would, but for
  /// its deadlines, which nobody holds here.
  ///
  /// @return the client's end
  public static InMemoryTransport serve(ConnectionHandler handler) {
    ConnectionScope scope =
        new ConnectionScope(
            handler,
            ServerOptions.DEFAULT,
            new Permits(0, 0),
            new ServerClock(System::nanoTime),
            new Totals(),
            Observer.NONE);
    Pair pair = pair();
    Connection connection = scope.admit(pair.server);
    if (connection != null) {
      Thread.ofVirtual().name("in-memory-connection").start(() -> scope.run(connection));
    }
    return pair.client;
  }

  @Override
  public boolean awaitReadable() throws IOException {
    try {
      in.awaitReadable();
      return true;
    } catch (InterruptedException e) {
      throw closedByInterrupt();
    }
  }

  @Override
  public int read(ByteBuffer dst) throws IOException {
    try {
      return in.read(dst);
    } catch (InterruptedException e) {
      throw closedByInterrupt();
    }
  }

  @Override
  public void write(ByteBuffer... srcs) throws IOException {
    try {
      for (ByteBuffer src : srcs) {
        out.write(src);
      }
    } catch (InterruptedException e) {
      throw closedByInterrupt();
    }
  }

  @Override
  public long partialWrites() {
    return out.partialWrites;
  }

  @Override
  public void writeFile(FileChannel file, long position, long count) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(BufferPool.CAPACITY);
    for (long sent = 0; sent < count; sent += chunk.limit()) {
      chunk.clear().limit((int) Math.min(chunk.capacity(), count - sent));
      if (file.read(chunk, position + sent) < 0) {
        throw new EOFException("the file ends " + (count - sent) + " bytes early");
      }
      write(chunk.flip());
    }
  }

  @Override
  public void shutdownInput() {
    in.shutByReader();
  }

  @Override
  public void shutdownOutput() throws IOException {
    out.endByWriter();
  }

  @Override
  public void close() {
    in.closeByReader();
    out.closeByWriter();
  }

  /// Closes as a TCP RST does: bytes on their way are lost, and the other end's reads and writes
  /// throw a [SocketException] that says "Connection reset".
  public void reset() {
    in.reset();
    out.reset();
    close();
  }

  @Override
  public Peer peer() {
    return peer;
  }

  private ClosedByInterruptException closedByInterrupt() {
    Thread.currentThread().interrupt();
    close();
    return new ClosedByInterruptException();
  }

  /// What is shown for an end.
  private static final class Address extends SocketAddress {
    private final String name;

    private Address(String name) {
      this.name = name;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /// One direction: a ring of bytes under one monitor, which both ends take only to copy.
  ///
  /// ```
  ///   ring:  | room | bytes on their way | room |
  ///          0    start            start + count  length     (and around the end)
  /// ```
  private static final class Pipe {
    private final byte[] ring;

    /// Read by anyone.
    private volatile long partialWrites;

    private int start;
    private int count;
    private boolean ended;
    private boolean writerClosed;
    private boolean shut;
    private boolean readerClosed;
    private boolean reset;

    Pipe(int capacity) {
      ring = new byte[capacity];
    }

    synchronized void awaitReadable() throws IOException, InterruptedException {
      checkReader();
      while (count == 0 && !ended && !shut && !reset) {
        wait();
        if (readerClosed) {
          throw new AsynchronousCloseException();
        }
      }
    }

    synchronized int read(ByteBuffer dst) throws IOException, InterruptedException {
      awaitReadable();
      if (reset) {
        throw new SocketException("Connection reset");
      }
      if (count == 0) {
        return -1;
      }
      int total = 0;
      while (count > 0 && dst.hasRemaining()) {
        int length = Math.min(Math.min(count, ring.length - start), dst.remaining());
        dst.put(ring, start, length);
        start = (start + length) % ring.length;
        count -= length;
        total += length;
      }
      notifyAll();
      return total;
    }

    synchronized void write(ByteBuffer src) throws IOException, InterruptedException {
      checkWriter();
      while (src.hasRemaining()) {
        while (count == ring.length && !shut) {
          wait();
          if (writerClosed) {
            throw new AsynchronousCloseException();
          }
          checkWriter();
        }
        if (shut) {
          src.position(src.limit());
          return;
        }
        int end = (start + count) % ring.length;
        int room = Math.min(ring.length - count, ring.length - end);
        int length = Math.min(room, src.remaining());
        src.get(ring, end, length);
        count += length;
        partialWrites++;
        notifyAll();
      }
    }

    private void checkReader() throws ClosedChannelException {
      if (readerClosed) {
        throw new ClosedChannelException();
      }
    }

    private void checkWriter() throws IOException {
      if (writerClosed || ended) {
        throw new ClosedChannelException();
      }
      if (reset) {
        throw new SocketException("Connection reset");
      }
      if (readerClosed) {
        throw new SocketException("Broken pipe");
      }
    }

    /// The reader wants no more: what comes from now on is dropped.
    synchronized void shutByReader() {
      shut = true;
      notifyAll();
    }

    synchronized void closeByReader() {
      readerClosed = true;
      notifyAll();
    }

    synchronized void endByWriter() throws ClosedChannelException {
      if (writerClosed) {
        throw new ClosedChannelException();
      }
      ended = true;
      notifyAll();
    }

    synchronized void closeByWriter() {
      writerClosed = true;
      ended = true;
      notifyAll();
    }

    synchronized void reset() {
      reset = true;
      notifyAll();
    }
  }
}
