package dev.heddle.http;

import dev.heddle.Connection;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where a [StreamBody] writes: the head goes out with the first bytes that leave, so that a body
/// which fails before can still be answered with an error, and one that ends before has a length.
/// Otherwise each piece that leaves is a chunk (RFC 9112, section 7.1).
final class BodyOutput extends OutputStream {
  static final int CAPACITY = 4096;
  private static final byte[] NOTHING = {};
  private static final byte[] CRLF = {'\r', '\n'};
  private static final byte[] LAST_CHUNK = "0\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Connection connection;
  private final long declared;
  private final boolean chunked;
  private final @Nullable Supplier<Headers> trailers;
  private final HeadWriter head;

  /// Kept only while it holds something: a stream of events may be silent for long.
  private byte[] buffer = NOTHING;

  private int count;
  private long written;
  private boolean committed;
  private @Nullable IOException failure;

  /// Writes the head.
  interface HeadWriter {
    /// Writes the head.
    ///
    /// @param length of the body, or -1 if it is not known
    void write(long length) throws IOException;
  }

  /// @param declared the length of the body, or -1 if only its end will tell
  /// @param chunks whether the peer knows chunks
  /// @param trailers what is sent behind the last chunk; null: nothing
  BodyOutput(
      Connection connection,
      long declared,
      boolean chunks,
      @Nullable Supplier<Headers> trailers,
      HeadWriter head) {
    this.connection = connection;
    this.declared = declared;
    this.chunked = chunks && declared < 0;
    this.trailers = this.chunked ? trailers : null;
    this.head = head;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] src, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, src.length);
    written += length;
    if (declared >= 0 && written > declared) {
      throw new IllegalStateException("the body is longer than its declared length");
    }
    if (count + length > CAPACITY) {
      send(buffer, 0, count);
      count = 0;
    }
    if (length > CAPACITY) {
      send(src, offset, length);
    } else if (length > 0) {
      if (buffer.length == 0) {
        buffer = new byte[CAPACITY];
      }
      System.arraycopy(src, offset, buffer, count, length);
      count += length;
    }
  }

  /// Sends what was written so far, and the head if it has not left.
  @Override
  public void flush() throws IOException {
    try {
      commit(declared);
      send(buffer, 0, count);
      count = 0;
      buffer = NOTHING;
      connection.flush();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /// Does nothing: the body ends when its writer returns.
  @Override
  public void close() {}

  /// Ends the body.
  void finish() throws IOException {
    if (declared >= 0 && written < declared) {
      throw new IllegalStateException("the body is shorter than its declared length");
    }
    boolean whole = !committed && trailers == null;
    byte[] last = trailers == null ? NOTHING : trailerSection(trailers.get());
    try {
      commit(whole ? count : declared);
      if (whole) {
        connection.output().write(buffer, 0, count);
      } else {
        send(buffer, 0, count);
        if (chunked) {
          connection.output().write(LAST_CHUNK);
          connection.output().write(last);
          connection.output().write(CRLF);
        }
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static byte[] trailerSection(Headers trailers) {
    if (trailers.has(KnownField.FRAMING | KnownField.HOST)) {
      throw new IllegalStateException("a trailer can't change what the head has said");
    }
    return trailers.octets();
  }

  /// Whether the head has been written.
  boolean isCommitted() {
    return committed;
  }

  /// How many octets of the body there were so far.
  long written() {
    return written;
  }

  /// Why the network refused the body, if it did.
  @Nullable IOException failure() {
    return failure;
  }

  private void commit(long length) throws IOException {
    if (!committed) {
      committed = true;
      head.write(length);
    }
  }

  private void send(byte[] src, int offset, int length) throws IOException {
    if (length == 0) {
      return;
    }
    try {
      commit(declared);
      OutputStream out = connection.output();
      if (chunked) {
        out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      }
      out.write(src, offset, length);
      if (chunked) {
        out.write(CRLF);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private IOException failed(IOException cause) {
    failure = cause;
    return cause;
  }
}
