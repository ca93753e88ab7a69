package dev.heddle.http;

import dev.heddle.Connection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Reads one field section, of a head or of trailers, up to and with its empty line (RFC 9112,
/// section 5). Lines that have been parsed are not looked at again when more bytes come.
final class FieldSectionReader {
  private final HttpLimits limits;

  /// All offsets count from the start of the section, wherever the buffer has moved it.
  private long[] index;

  private int size;
  private int parsed;
  private int known;

  FieldSectionReader(HttpLimits limits) {
    this(limits, 0);
  }

  /// @param expected how many fields there probably are
  FieldSectionReader(HttpLimits limits, int expected) {
    this.limits = limits;
    this.index = new long[Math.max(expected, 8)];
  }

  /// Parses as many lines as are there.
  ///
  /// @param buffer starts with the section, at every call
  /// @return whether the empty line was found, which [#consume] then takes with the section
  boolean parse(ByteBuffer buffer) throws ProtocolException {
    byte[] octets = buffer.array();
    int start = buffer.arrayOffset() + buffer.position();
    int limit = start + buffer.remaining();
    for (; ; ) {
      int from = start + parsed;
      int end = Grammar.lineEnd(octets, from, limit);
      checkSize(from - start, Grammar.lineLength(octets, from, end, limit));
      if (end < 0) {
        return false;
      }
      if (end == from) {
        return true;
      }
      parseLine(octets, start, from, end);
      parsed = end + 2 - start;
    }
  }

  /// Takes the section from the buffer.
  Headers consume(ByteBuffer buffer) {
    byte[] octets = new byte[parsed];
    buffer.get(octets);
    buffer.position(buffer.position() + 2);
    return size == 0 ? Headers.EMPTY : new Headers(octets, index, size, known);
  }

  /// Reads the section of trailers.
  Headers read(Connection connection) throws IOException {
    while (!parse(connection.buffered())) {
      if (!connection.fill()) {
        throw ProtocolException.badRequest("the connection ended within the trailers");
      }
    }
    return consume(connection.buffered());
  }

  private void parseLine(byte[] octets, int start, int from, int end) throws ProtocolException {
    if (Grammar.isWhitespace(octets[from])) {
      throw ProtocolException.badRequest("a folded field line");
    }
    int colon = from;
    while (colon < end && Grammar.isToken(octets[colon])) {
      colon++;
    }
    if (colon == end || octets[colon] != ':' || colon == from) {
      throw ProtocolException.badRequest("a malformed field name");
    }
    int valueStart = colon + 1;
    while (valueStart < end && Grammar.isWhitespace(octets[valueStart])) {
      valueStart++;
    }
    int valueEnd = end;
    while (valueEnd > valueStart && Grammar.isWhitespace(octets[valueEnd - 1])) {
      valueEnd--;
    }
    if (size == limits.fields()) {
      throw new ProtocolException(Status.FIELDS_TOO_LARGE, "too many fields");
    }
    if (size == index.length) {
      index = Arrays.copyOf(index, size * 2);
    }
    index[size++] =
        Headers.entry(from - start, colon - start, valueStart - start, valueEnd - start);
    known |= KnownField.of(octets, from, colon);
  }

  private void checkSize(int before, int line) throws ProtocolException {
    if (line > limits.fieldLine()) {
      throw new ProtocolException(Status.FIELDS_TOO_LARGE, "a field line is too long");
    }
    if (before + line > limits.fieldSection()) {
      throw new ProtocolException(Status.FIELDS_TOO_LARGE, "the fields are too long");
    }
  }
}
