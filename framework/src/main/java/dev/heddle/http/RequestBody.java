package dev.heddle.http;

import dev.heddle.Connection;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The content of a request, as it comes from the network (RFC 9112, section 6): a stream that ends
/// where the body does, and never reads on.
///
/// A peer that asked for `100 Continue` gets it when the body is first read and not there yet. What
/// the handler leaves unread is dropped, or the connection closed.
///
/// Threading: the handler's own thread, until its response has been written.
public final class RequestBody extends InputStream {
  /// The body of a request that has none.
  static final RequestBody NONE = new RequestBody(null, HttpOptions.DEFAULT, null, 0, false);

  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NOTHING = {};

  /// Up to where a body's length is trusted with memory before it has come.
  private static final int EXACT_UP_TO = 64 * 1024;

  private final @Nullable Connection connection;
  private final HttpOptions options;
  private final @Nullable ChunkReader chunks;
  private final long length;

  /// Of the body, or of the chunk under way.
  private long remaining;

  private long received;
  private long limit;
  private boolean ended;
  private boolean continueAwaited;
  private boolean started;
  private long waitedNanos;
  private @Nullable IOException failure;

  /// What a body without a connection consists of.
  private byte[] given = NOTHING;

  private RequestBody(
      @Nullable Connection connection,
      HttpOptions options,
      @Nullable ChunkReader chunks,
      long length,
      boolean continueAwaited) {
    this.connection = connection;
    this.options = options;
    this.chunks = chunks;
    this.length = length;
    this.remaining = Math.max(length, 0);
    this.limit = options.limits().body();
    this.ended = length == 0;
    this.continueAwaited = continueAwaited;
  }

  /// The body that comes next on a connection.
  static RequestBody of(Connection connection, HttpOptions options, Framing framing) {
    ChunkReader chunks = framing.isChunked() ? new ChunkReader(connection, options.limits()) : null;
    return new RequestBody(
        connection, options, chunks, framing.contentLength(), framing.expectContinue());
  }

  /// A body that is there already, for tests of handlers.
  static RequestBody of(byte[] bytes) {
    RequestBody body = new RequestBody(null, HttpOptions.DEFAULT, null, bytes.length, false);
    body.given = bytes.clone();
    return body;
  }

  /// Its length in octets, or -1 if only its end will tell.
  public long length() {
    return length;
  }

  /// Sets how long it may be, in place of [HttpLimits#body()]: a read beyond throws a
  /// [ProtocolException] of status 413.
  ///
  /// @param octets from 0
  /// @throws IllegalArgumentException if it is negative
  public RequestBody limit(long octets) {
    HttpLimits.check(octets >= 0, "limit", octets, "a number from 0");
    if (!ended) {
      limit = octets;
    }
    return this;
  }

  /// All of it, read as UTF-8: see [#bytes()].
  public String text() throws IOException {
    return text(StandardCharsets.UTF_8);
  }

  /// All of it, read in a charset: see [#bytes()].
  public String text(Charset charset) throws IOException {
    return new String(readAllBytes(), charset);
  }

  /// All of it. Blocks until its end has come.
  ///
  /// @throws ProtocolException 400 if it is malformed, 408 if it does not come in time, 413 if it
  ///   is too long
  public byte[] bytes() throws IOException {
    return readAllBytes();
  }

  /// The fields behind a chunked body (RFC 9110, section 6.5); empty until its end has been read.
  public Headers trailers() {
    return chunks != null ? chunks.trailers() : Headers.EMPTY;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /// Reads what is there, blocking until at least one octet is.
  ///
  /// @return how many, or -1 at the end of the body
  /// @throws ProtocolException if the body is malformed, too long, or did not come in time
  @Override
  public int read(byte[] dst, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, dst.length);
    if (count == 0) {
      return 0;
    }
    if (!begin()) {
      return -1;
    }
    int room = (int) Math.min(count, remaining);
    if (connection == null) {
      System.arraycopy(given, (int) received, dst, offset, room);
      return advance(room);
    }
    return advance(receive(connection, ByteBuffer.wrap(dst, offset, room)));
  }

  @Override
  public byte[] readAllBytes() throws IOException {
    if (length < 0 || remaining > EXACT_UP_TO) {
      return super.readAllBytes();
    }
    begin();
    byte[] bytes = new byte[(int) remaining];
    for (int at = 0; at < bytes.length; ) {
      at += read(bytes, at, bytes.length - at);
    }
    return bytes;
  }

  /// Octets that can be read without blocking.
  @Override
  public int available() {
    return connection == null
        ? (int) remaining
        : (int) Math.min(remaining, connection.buffered().remaining());
  }

  /// How many octets of it have been read.
  long received() {
    return received;
  }

  /// Why reading it failed, if it did: nothing that follows on the connection can be trusted.
  @Nullable IOException failure() {
    return failure;
  }

  /// Whether what is left of it may be dropped, so that the connection can be kept.
  boolean isDrainable() {
    return ended
        || (failure == null && !continueAwaited && remaining <= options.limits().unreadBody());
  }

  /// Reads and drops what is left of it.
  ///
  /// @return whether its end was reached; otherwise the connection has to be closed
  boolean drain() throws IOException {
    if (ended) {
      return true;
    }
    if (connection == null || !isDrainable()) {
      return false;
    }
    limit = Math.min(limit, received + options.limits().unreadBody());
    try {
      while (begin()) {
        if (!connection.buffered().hasRemaining()) {
          await(connection, null);
        }
        ByteBuffer buffer = connection.buffered();
        int count = (int) Math.min(remaining, buffer.remaining());
        buffer.position(buffer.position() + count);
        advance(count);
      }
      return true;
    } catch (ProtocolException e) {
      return false;
    }
  }

  /// Reads and drops what is left of it, asking the peer for it if it waits to be asked: the other
  /// protocol begins behind it (RFC 9110, section 7.8).
  ///
  /// @throws ProtocolException 413 if it is too long to be dropped
  void takeBeforeUpgrade() throws IOException {
    limit(Math.min(limit, received + options.limits().unreadBody()));
    byte[] dropped = new byte[ended ? 0 : 1024];
    while (!ended && read(dropped) >= 0) {
      // drop it
    }
  }

  /// Makes sure that something remains to be read, of this chunk or the next.
  ///
  /// @return false at the end of the body
  private boolean begin() throws IOException {
    if (failure != null) {
      throw failure;
    }
    if (ended || (started && remaining > 0)) {
      return !ended;
    }
    try {
      if (chunks == null) {
        checkLimit();
      } else {
        beginChunk(chunks);
      }
      started = true;
      return !ended;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void beginChunk(ChunkReader reader) throws IOException {
    while (!reader.parse()) {
      await(reader.connection(), null);
    }
    remaining = reader.size();
    ended = remaining == 0;
    reader.connection().releaseConsumed();
    checkLimit();
  }

  private void checkLimit() throws ProtocolException {
    if (remaining > limit - received) {
      throw new ProtocolException(Status.CONTENT_TOO_LARGE, "the body is too long");
    }
  }

  private int advance(int count) {
    received += count;
    remaining -= count;
    if (remaining == 0 && chunks == null) {
      ended = true;
    }
    return count;
  }

  private int receive(Connection source, ByteBuffer dst) throws IOException {
    try {
      if (source.buffered().hasRemaining()) {
        continueAwaited = false;
        return source.read(dst);
      }
      return await(source, dst);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /// Waits for bytes, into `dst` or into the connection's buffer, for as long as the peer is
  /// allowed.
  private int await(Connection source, @Nullable ByteBuffer dst) throws IOException {
    if (continueAwaited) {
      continueAwaited = false;
      source.output().write(CONTINUE);
    }
    source.working(patience());
    long since = System.nanoTime();
    try {
      int count = dst != null ? source.read(dst) : source.fill() ? 0 : -1;
      if (count < 0) {
        throw ProtocolException.badRequest("the connection ended within the body");
      }
      return count;
    } catch (SocketTimeoutException e) {
      throw new ProtocolException(Status.REQUEST_TIMEOUT, "the body did not come in time");
    } finally {
      waitedNanos += System.nanoTime() - since;
      source.working(Duration.ZERO);
    }
  }

  /// How long the peer may be silent now: the timeout, or less if so far it was too slow.
  private Duration patience() throws ProtocolException {
    Duration timeout = options.bodyTimeout();
    if (options.bodyRate() == 0 || timeout.isZero()) {
      return timeout;
    }
    Duration left = timeout.plusSeconds(received / options.bodyRate()).minusNanos(waitedNanos);
    if (left.toMillis() <= 0) {
      throw new ProtocolException(Status.REQUEST_TIMEOUT, "the body came too slowly");
    }
    return left.compareTo(timeout) < 0 ? left : timeout;
  }

  private IOException failed(IOException cause) {
    failure = cause;
    return cause;
  }
}
