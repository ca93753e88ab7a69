package dev.heddle.http;

import dev.heddle.Peer;
import dev.heddle.Transport;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/// A peer that follows a script, on the test's own thread: each piece of bytes is one read, and
/// between them things happen. Behind the last piece its output has ended.
public final class ScriptedTransport implements Transport {
  private final Deque<Object> script = new ArrayDeque<>();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private int writes;
  private boolean inputEnded;
  private boolean outputEnded;
  private boolean closed;

  /// A peer that does nothing but leave.
  public ScriptedTransport() {}

  /// Sends a piece, in ISO-8859-1.
  public ScriptedTransport send(String piece) {
    return send(piece.getBytes(StandardCharsets.ISO_8859_1));
  }

  public ScriptedTransport send(byte[] piece) {
    if (piece.length > 0) {
      script.add(ByteBuffer.wrap(piece));
    }
    return this;
  }

  /// Sends a byte a read.
  public ScriptedTransport sendEach(byte[] bytes) {
    for (byte b : bytes) {
      send(new byte[] {b});
    }
    return this;
  }

  /// Does something when the server wants to read on.
  public ScriptedTransport then(Runnable action) {
    script.add(action);
    return this;
  }

  /// Breaks the connection.
  public ScriptedTransport reset() {
    script.add(new IOException("connection reset"));
    return this;
  }

  /// What the server has sent so far, in ISO-8859-1.
  public String written() {
    return written.toString(StandardCharsets.ISO_8859_1);
  }

  /// In how many writes.
  public int writes() {
    return writes;
  }

  public boolean isClosed() {
    return closed;
  }

  public boolean hasOutputEnded() {
    return outputEnded;
  }

  @Override
  public boolean awaitReadable() {
    return false;
  }

  @Override
  public int read(ByteBuffer dst) throws IOException {
    while (!inputEnded && !closed) {
      Object next = script.peek();
      switch (next) {
        case null -> {
          return -1;
        }
        case ByteBuffer piece -> {
          int count = Math.min(piece.remaining(), dst.remaining());
          dst.put(piece.slice(piece.position(), count));
          piece.position(piece.position() + count);
          if (!piece.hasRemaining()) {
            script.remove();
          }
          return count;
        }
        case Runnable action -> {
          script.remove();
          action.run();
        }
        case IOException e -> throw e;
        default -> throw new AssertionError(next);
      }
    }
    return -1;
  }

  @Override
  public void write(ByteBuffer... srcs) throws IOException {
    if (closed || script.peek() instanceof IOException) {
      throw new IOException("broken pipe");
    }
    writes++;
    for (ByteBuffer src : srcs) {
      byte[] bytes = new byte[src.remaining()];
      src.get(bytes);
      written.writeBytes(bytes);
    }
  }

  @Override
  public void writeFile(FileChannel file, long position, long count) throws IOException {
    if (file.transferTo(position, count, Channels.newChannel(written)) < count) {
      throw new EOFException("the file ends early");
    }
  }

  @Override
  public void shutdownInput() {
    inputEnded = true;
  }

  @Override
  public void shutdownOutput() {
    outputEnded = true;
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public Peer peer() {
    InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    return new Peer(here, here);
  }
}
