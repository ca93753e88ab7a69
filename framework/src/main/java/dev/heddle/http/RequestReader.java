package dev.heddle.http;

import dev.heddle.Connection;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Reads the heads of the requests of one connection, where they lie in its buffer.
///
/// A peer mostly says what it said before: a head line or field section whose bytes are those of
/// the request before is not parsed again but shared, as both are immutable.
final class RequestReader {
  /// What is remembered of the last request has to be no longer, in octets.
  static final int REMEMBERED = 2048;

  private final Connection connection;
  private final HttpOptions options;

  private @Nullable RequestLine lastLine;
  private @Nullable Headers lastHeaders;
  private @Nullable Framing lastFraming;
  private int lastMinorVersion;

  /// Whether the head under way did not come at once, and so has a deadline.
  private boolean waited;

  /// Whether the connection has been told of a phase that ends when the head has come.
  private boolean phaseNamed;

  RequestReader(Connection connection, HttpOptions options) {
    this.connection = connection;
    this.options = options;
  }

  /// Has the connection await the next head: called before [#read] when nothing of it is there.
  void awaiting() {
    connection.awaiting(options.keepAliveTimeout());
    phaseNamed = true;
  }

  /// Reads the next head, blocking until it has come. The body, if there is one, is left to be
  /// read.
  ///
  /// @return null if the peer, the time between requests or a drain of the server ended the
  ///   connection before a head began
  /// @throws ProtocolException if the head is refused: nothing behind it may be read
  @Nullable Request read() throws IOException {
    if (!connection.buffered().hasRemaining() && !fillFirst()) {
      return null;
    }
    waited = false;
    try {
      if (connection.buffered().get(connection.buffered().position()) == Grammar.CR
          && !skipEmptyLine()) {
        return null;
      }
      RequestLine line = readLine();
      Headers headers = readHeaders();
      Framing framing = framing(headers, line.minorVersion());
      remember(line, headers, framing);
      if (phaseNamed) {
        connection.working(Duration.ZERO);
        phaseNamed = false;
      }
      connection.releaseConsumed();
      return new Request(line, headers, framing, body(framing), connection);
    } catch (SocketTimeoutException e) {
      throw new ProtocolException(Status.REQUEST_TIMEOUT, "the head did not come in time");
    }
  }

  private boolean fillFirst() throws IOException {
    try {
      return connection.fill();
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  /// Skips the one empty line that old clients send behind a body (RFC 9112, section 2.2).
  ///
  /// @return false if the connection ends behind it
  private boolean skipEmptyLine() throws IOException {
    if (connection.buffered().remaining() == 1) {
      fill();
    }
    ByteBuffer buffer = connection.buffered();
    if (buffer.get(buffer.position() + 1) != Grammar.LF) {
      throw ProtocolException.badRequest("a CR without LF");
    }
    buffer.position(buffer.position() + 2);
    if (buffer.hasRemaining()) {
      return true;
    }
    awaiting();
    return fillFirst();
  }

  private RequestLine readLine() throws IOException {
    for (int scanned = 0; ; ) {
      ByteBuffer buffer = connection.buffered();
      byte[] octets = buffer.array();
      int from = buffer.arrayOffset() + buffer.position();
      int limit = from + buffer.remaining();
      RequestLine last = lastLine;
      if (last != null && last.matches(octets, from, limit)) {
        buffer.position(buffer.position() + last.length());
        return last;
      }
      int end = Grammar.lineEnd(octets, from + scanned, limit);
      if (Grammar.lineLength(octets, from, end, limit) > options.limits().requestLine()) {
        throw new ProtocolException(Status.URI_TOO_LONG, "the request line is too long");
      }
      if (end >= 0) {
        RequestLine line = RequestLine.parse(octets, from, end);
        buffer.position(buffer.position() + line.length());
        return line;
      }
      scanned = Math.max(0, limit - from - 1);
      fill();
    }
  }

  private Headers readHeaders() throws IOException {
    ByteBuffer buffer = connection.buffered();
    int from = buffer.arrayOffset() + buffer.position();
    Headers last = lastHeaders;
    if (last != null && last.matches(buffer.array(), from, from + buffer.remaining())) {
      buffer.position(buffer.position() + last.octets().length + 2);
      return last;
    }
    int expected = last == null ? 0 : last.size(); // peers mostly send as many as before
    FieldSectionReader section = new FieldSectionReader(options.limits(), expected);
    while (!section.parse(connection.buffered())) {
      fill();
    }
    return section.consume(connection.buffered());
  }

  private void fill() throws IOException {
    if (!waited) {
      waited = true;
      phaseNamed = true;
      connection.working(options.headTimeout());
    }
    if (!connection.fill()) {
      throw ProtocolException.badRequest("the connection ended within a head");
    }
  }

  @SuppressWarnings("ReferenceEquality") // what is remembered is shared
  private Framing framing(Headers headers, int minorVersion) throws ProtocolException {
    Framing last = lastFraming;
    return last != null && headers == lastHeaders && minorVersion == lastMinorVersion
        ? last
        : Framing.of(headers, minorVersion);
  }

  private void remember(RequestLine line, Headers headers, Framing framing) {
    lastLine = line.length() <= REMEMBERED ? line : null;
    lastHeaders = headers.octets().length <= REMEMBERED ? headers : null;
    lastFraming = framing;
    lastMinorVersion = line.minorVersion();
  }

  private RequestBody body(Framing framing) {
    return framing.contentLength() == 0
        ? RequestBody.NONE
        : RequestBody.of(connection, options, framing);
  }
}
