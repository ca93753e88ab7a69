package dev.heddle.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads a `multipart/form-data` body part by part, as it comes (RFC 7578; RFC 2046, section 5.1):
///
/// ```java
/// Multipart form = Multipart.of(request);
/// for (Part part; (part = form.next()) != null; ) {
///   part.body().transferTo(...);
/// }
/// ```
///
/// Nothing is held but one buffer. Threading: the handler's own thread.
public final class Multipart {
  private static final int CAPACITY = 16 * 1024;
  private static final int MAX_BOUNDARY = 70;
  private static final HttpLimits HEAD = new HttpLimits(8192, 4096, 8192, 32, 0, 0);

  private final InputStream in;
  private final byte[] delimiter;
  private final ByteBuffer buffer = ByteBuffer.allocate(CAPACITY);
  private int partsLeft = 1000;
  private boolean started;
  private boolean ended;
  private @Nullable PartBody current;

  private Multipart(InputStream in, String boundary) {
    this.in = in;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    // The first delimiter may stand at the very start: then this is the line end before it.
    buffer.put(delimiter, 0, 2).flip();
  }

  /// The parts of a request.
  ///
  /// @throws ProtocolException 415 if its body is not `multipart/form-data`; 400 if the type names
  ///   no boundary
  public static Multipart of(Request request) throws ProtocolException {
    HeaderParameters type = HeaderParameters.parse(request.headers().get("Content-Type", ""));
    if (!type.value().equalsIgnoreCase("multipart/form-data")) {
      throw new ProtocolException(Status.UNSUPPORTED_MEDIA_TYPE, "a form in parts is expected");
    }
    String boundary = type.get("boundary");
    if (boundary == null || boundary.isEmpty() || boundary.length() > MAX_BOUNDARY) {
      throw ProtocolException.badRequest("the parts have no boundary");
    }
    return new Multipart(request.body(), boundary);
  }

  /// Allows another number of parts than a thousand, for those that are still to be read.
  public Multipart limit(int parts) {
    partsLeft = parts;
    return this;
  }

  /// Reads to the next part, past what is left of the one before.
  ///
  /// @return null behind the last
  /// @throws ProtocolException 400 if the body is malformed, 413 if there are too many parts
  public @Nullable Part next() throws IOException {
    if (ended) {
      return null;
    }
    PartBody before = current;
    if (!started) {
      started = true;
      before = new PartBody();
    }
    if (before != null) {
      before.skipAll();
    }
    if (takeLineBehindDelimiter()) {
      ended = true;
      return null;
    }
    if (partsLeft-- == 0) {
      throw new ProtocolException(Status.CONTENT_TOO_LARGE, "too many parts");
    }
    FieldSectionReader head = new FieldSectionReader(HEAD);
    while (!head.parse(buffer)) {
      fill();
    }
    Headers headers = head.consume(buffer);
    PartBody body = new PartBody();
    current = body;
    return Part.of(headers, body);
  }

  /// Takes the delimiter, which is there, and the rest of its line.
  ///
  /// @return whether it was the last one
  private boolean takeLineBehindDelimiter() throws IOException {
    buffer.position(buffer.position() + delimiter.length);
    while (buffer.remaining() < 2) {
      fill();
    }
    if (buffer.get(buffer.position()) == '-' && buffer.get(buffer.position() + 1) == '-') {
      return true;
    }
    while (true) {
      int end = Grammar.lineEnd(buffer.array(), buffer.position(), buffer.limit());
      if (end >= 0) {
        if (!new String(
                buffer.array(),
                buffer.position(),
                end - buffer.position(),
                StandardCharsets.ISO_8859_1)
            .isBlank()) {
          throw ProtocolException.badRequest("a malformed boundary between parts");
        }
        buffer.position(end + 2);
        return false;
      }
      fill();
    }
  }

  /// Reads more bytes behind those that are there.
  private void fill() throws IOException {
    buffer.compact();
    if (!buffer.hasRemaining()) {
      throw ProtocolException.badRequest("a malformed part");
    }
    int count = in.read(buffer.array(), buffer.position(), buffer.remaining());
    buffer.position(buffer.position() + Math.max(count, 0)).flip();
    if (count < 0) {
      throw ProtocolException.badRequest("the body ends within a part");
    }
  }

  /// The bytes up to the next delimiter.
  private final class PartBody extends InputStream {
    private boolean atDelimiter;

    /// How many bytes in the buffer are known to be the part's: who reads a few at a time has them
    /// searched once.
    private int known;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] dst, int offset, int length) throws IOException {
      int there = there();
      if (there == 0) {
        return -1;
      }
      int count = Math.min(there, length);
      buffer.get(dst, offset, count);
      known -= count;
      return count;
    }

    void skipAll() throws IOException {
      for (int there; (there = there()) > 0; known = 0) {
        buffer.position(buffer.position() + there);
      }
    }

    /// How many bytes of the part are in the buffer; 0 at its end, where the delimiter is next.
    private int there() throws IOException {
      while (known == 0 && !atDelimiter) {
        int at = indexOfDelimiter();
        known = at - buffer.position();
        if (known > 0) {
          break;
        }
        if (buffer.limit() - at >= delimiter.length) {
          atDelimiter = true;
        } else {
          fill();
        }
      }
      return known;
    }

    /// Where a delimiter begins, or what may become one; the end of the buffer if nothing may.
    private int indexOfDelimiter() {
      byte[] bytes = buffer.array();
      int limit = buffer.limit();
      for (int at = buffer.position(); at < limit; at++) {
        int i = 0;
        while (i < delimiter.length && at + i < limit && bytes[at + i] == delimiter[i]) {
          i++;
        }
        if (i == delimiter.length || at + i == limit) {
          return at;
        }
      }
      return limit;
    }
  }
}
