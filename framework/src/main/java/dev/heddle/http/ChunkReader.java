package dev.heddle.http;

import dev.heddle.Connection;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Reads what stands between the data of a chunked body (RFC 9112, section 7.1): the line end
/// behind a chunk, the size and extensions of the next, and the trailers behind the last.
final class ChunkReader {
  /// The longest line of a size and its extensions, in octets.
  private static final int MAX_LINE = 1024;

  private static final int MAX_DIGITS = 15;

  /// How much more a body may spend on sizes and extensions than on data, in octets.
  private static final int MAX_OVERHEAD = 16 * 1024;

  private enum Expected {
    SIZE,
    DATA_END,
    TRAILERS
  }

  private final Connection connection;
  private final HttpLimits limits;
  private Expected expected = Expected.SIZE;
  private long size;
  private long overhead;
  private @Nullable FieldSectionReader section;
  private Headers trailers = Headers.EMPTY;

  ChunkReader(Connection connection, HttpLimits limits) {
    this.connection = connection;
    this.limits = limits;
  }

  Connection connection() {
    return connection;
  }

  /// Takes what stands before the data of the next chunk, as far as it is there. Does not block.
  ///
  /// @return whether the data, or the end of the body, is next: see [#size]; otherwise more bytes
  ///   are needed
  boolean parse() throws ProtocolException {
    ByteBuffer buffer = connection.buffered();
    if (expected == Expected.DATA_END && !takeDataEnd(buffer)) {
      return false;
    }
    if (expected == Expected.SIZE && !takeSize(buffer)) {
      return false;
    }
    return expected != Expected.TRAILERS || takeTrailers(buffer);
  }

  /// The size of the chunk whose data is next; 0 at the end of the body.
  long size() {
    return size;
  }

  /// The trailers, once the body has ended.
  Headers trailers() {
    return trailers;
  }

  private boolean takeDataEnd(ByteBuffer buffer) throws ProtocolException {
    int at = buffer.position();
    int there = buffer.remaining();
    if (there > 0 && buffer.get(at) != Grammar.CR) {
      throw ProtocolException.badRequest("chunk data without CRLF");
    }
    if (there > 1 && buffer.get(at + 1) != Grammar.LF) {
      throw ProtocolException.badRequest("chunk data without CRLF");
    }
    if (there < 2) {
      return false;
    }
    buffer.position(at + 2);
    expected = Expected.SIZE;
    return true;
  }

  private boolean takeSize(ByteBuffer buffer) throws ProtocolException {
    byte[] octets = buffer.array();
    int from = buffer.arrayOffset() + buffer.position();
    int limit = from + buffer.remaining();
    int end = Grammar.lineEnd(octets, from, limit);
    if (Grammar.lineLength(octets, from, end, limit) > MAX_LINE) {
      throw ProtocolException.badRequest("a chunk line is too long");
    }
    if (end < 0) {
      return false;
    }
    size = parseSize(octets, from, end);
    // Each chunk pays for some of it: one octet a chunk is slow, but no fault.
    overhead = Math.max(0, overhead + (end - from) - 16 - 2 * Math.min(size, MAX_OVERHEAD));
    if (overhead > MAX_OVERHEAD) {
      throw ProtocolException.badRequest("too many chunk extensions");
    }
    buffer.position(buffer.position() + end + 2 - from);
    expected = size == 0 ? Expected.TRAILERS : Expected.DATA_END;
    return true;
  }

  private boolean takeTrailers(ByteBuffer buffer) throws ProtocolException {
    if (section == null) {
      section = new FieldSectionReader(limits);
    }
    if (!section.parse(buffer)) {
      return false;
    }
    trailers = section.consume(buffer);
    return true;
  }

  private static long parseSize(byte[] octets, int from, int end) throws ProtocolException {
    long size = 0;
    int at = from;
    for (; at < end && Grammar.hex(octets[at] & 0xff) >= 0; at++) {
      if (at - from == MAX_DIGITS) {
        throw ProtocolException.badRequest("a chunk is too large");
      }
      size = size << 4 | Grammar.hex(octets[at]);
    }
    if (at == from || !isExtensionOrEnd(octets, at, end)) {
      throw ProtocolException.badRequest("a malformed chunk size");
    }
    return size;
  }

  /// Extensions are skipped, whatever they say; whitespace may stand before them only.
  private static boolean isExtensionOrEnd(byte[] octets, int from, int end) {
    int at = from;
    while (at < end && Grammar.isWhitespace(octets[at])) {
      at++;
    }
    return at == end ? at == from : octets[at] == ';';
  }
}
