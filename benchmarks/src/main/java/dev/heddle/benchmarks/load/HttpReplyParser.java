package dev.heddle.benchmarks.load;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Finds the status and the end of HTTP/1.1 replies, in whatever pieces they come (RFC 9112).
///
/// ```
/// STATUS_LINE --> FIELDS --> LENGTH ---------------------------------------> done
///      ^  1xx       |  \---> UNTIL_CLOSE ---- end of stream --------------> done
///      \------------/   \--> CHUNK_SIZE <--> CHUNK --> TRAILERS ----------> done
/// ```
final class HttpReplyParser {
  private enum State {
    STATUS_LINE,
    FIELDS,
    LENGTH,
    UNTIL_CLOSE,
    CHUNK_SIZE,
    CHUNK,
    CHUNK_END,
    TRAILERS
  }

  private static final int MAX_LINE = 16 * 1024;
  private static final int MAX_LENGTH_DIGITS = 18;
  private static final int MAX_CHUNK_DIGITS = 15;

  private final boolean headRequest;
  private final ByteBuffer sentContent;
  private byte[] line = new byte[64];
  private int lineLength;
  private State state = State.STATUS_LINE;
  private int status;
  private boolean http10;
  private boolean closes;
  private boolean keepAlive;
  private boolean chunked;
  private long length;
  private long missing; // bytes of the body, or of the chunk
  private long contentLength;
  private boolean sameAsSent;

  /// @param headRequest whether the replies are to HEAD, and so have no body
  /// @param sentContent what an echo sends back
  HttpReplyParser(boolean headRequest, ByteBuffer sentContent) {
    this.headRequest = headRequest;
    this.sentContent = sentContent;
  }

  /// The status of the last reply that ended.
  int status() {
    return status;
  }

  /// How many bytes of content the last reply had.
  long contentLength() {
    return contentLength;
  }

  /// Whether the last reply's content was that of the request.
  boolean echoes() {
    return contentLength == sentContent.limit() && (sameAsSent || contentLength == 0);
  }

  /// Whether the server closes the connection after the last reply that ended.
  boolean closes() {
    return closes || (http10 && !keepAlive);
  }

  /// Whether a reply has begun and not ended.
  boolean midReply() {
    return state != State.STATUS_LINE || lineLength > 0;
  }

  /// Consumes bytes up to the end of a reply, or all of them; returns whether a reply ended.
  boolean parse(ByteBuffer bytes) throws ReplyException {
    while (bytes.hasRemaining()) {
      boolean ended =
          switch (state) {
            case LENGTH -> skip(bytes) && end();
            case CHUNK -> skip(bytes) && go(State.CHUNK_END);
            case UNTIL_CLOSE -> {
              take(bytes, bytes.remaining());
              yield false;
            }
            case STATUS_LINE, FIELDS, CHUNK_SIZE, CHUNK_END, TRAILERS ->
                readLine(bytes) && onLine();
          };
      if (ended) {
        return true;
      }
    }
    return false;
  }

  /// Returns whether the end of the stream is the end of a reply.
  boolean endOfStream() {
    closes = true;
    return state == State.UNTIL_CLOSE && end();
  }

  private boolean skip(ByteBuffer bytes) {
    int count = (int) Math.min(missing, bytes.remaining());
    take(bytes, count);
    missing -= count;
    return missing == 0;
  }

  private void take(ByteBuffer bytes, int count) {
    int from = bytes.position();
    if (sameAsSent) {
      int at = (int) contentLength;
      sameAsSent =
          contentLength + count <= sentContent.limit()
              && sentContent.slice(at, count).mismatch(bytes.slice(from, count)) < 0;
    }
    contentLength += count;
    bytes.position(from + count);
  }

  private boolean readLine(ByteBuffer bytes) throws ReplyException {
    while (bytes.hasRemaining()) {
      byte next = bytes.get();
      if (next == '\n') {
        if (lineLength > 0 && line[lineLength - 1] == '\r') {
          lineLength--;
        }
        return true;
      }
      if (lineLength == line.length) {
        if (lineLength == MAX_LINE) {
          throw malformed();
        }
        line = Arrays.copyOf(line, 2 * lineLength);
      }
      line[lineLength++] = next;
    }
    return false;
  }

  /// Handles a whole line; returns whether it ended the reply.
  private boolean onLine() throws ReplyException {
    boolean ended =
        switch (state) {
          case STATUS_LINE -> onStatusLine();
          case FIELDS -> lineLength == 0 ? onEndOfFields() : onField();
          case CHUNK_SIZE -> onChunkSize();
          case CHUNK_END -> onChunkEnd();
          case TRAILERS -> lineLength == 0 && end();
          case LENGTH, CHUNK, UNTIL_CLOSE -> throw new AssertionError(state);
        };
    lineLength = 0;
    return ended;
  }

  private boolean onStatusLine() throws ReplyException {
    // HTTP/1.1 200 OK
    if (lineLength < 12 || !startsWith("http/1.") || line[8] != ' ') {
      throw malformed();
    }
    if (lineLength > 12 && line[12] != ' ') {
      throw malformed();
    }
    http10 = line[7] == '0';
    status = (int) number(9, 12, 10, 3);
    closes = false;
    keepAlive = false;
    chunked = false;
    length = -1;
    contentLength = 0;
    sameAsSent = sentContent.hasRemaining();
    return go(State.FIELDS);
  }

  private boolean onField() throws ReplyException {
    if (startsWith("content-length:")) {
      int from = skipSpaces("content-length:".length());
      long value = number(from, trimmedEnd(), 10, MAX_LENGTH_DIGITS);
      if (length >= 0 && length != value) {
        throw malformed();
      }
      length = value;
    } else if (startsWith("transfer-encoding:")) {
      chunked = endsWith("chunked");
    } else if (startsWith("connection:")) {
      closes |= endsWith("close");
      keepAlive |= endsWith("keep-alive");
    }
    return false;
  }

  private boolean onEndOfFields() {
    if (status < 200) {
      return go(State.STATUS_LINE);
    }
    if (headRequest || status == 204 || status == 304) {
      return end();
    }
    if (chunked) {
      return go(State.CHUNK_SIZE);
    }
    if (length < 0) {
      return go(State.UNTIL_CLOSE);
    }
    missing = length;
    return length == 0 ? end() : go(State.LENGTH);
  }

  private boolean onChunkSize() throws ReplyException {
    int digits = 0;
    while (digits < lineLength && Character.digit(line[digits], 16) >= 0) {
      digits++;
    }
    if (digits < lineLength && line[digits] != ';' && line[digits] != ' ') {
      throw malformed();
    }
    missing = number(0, digits, 16, MAX_CHUNK_DIGITS);
    return go(missing == 0 ? State.TRAILERS : State.CHUNK);
  }

  private boolean onChunkEnd() throws ReplyException {
    if (lineLength != 0) {
      throw malformed();
    }
    return go(State.CHUNK_SIZE);
  }

  private boolean go(State next) {
    state = next;
    return false;
  }

  private boolean end() {
    state = State.STATUS_LINE;
    return true;
  }

  private long number(int from, int to, int radix, int maxDigits) throws ReplyException {
    if (to <= from || to - from > maxDigits) {
      throw malformed();
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      int digit = Character.digit(line[i], radix);
      if (digit < 0) {
        throw malformed();
      }
      value = value * radix + digit;
    }
    return value;
  }

  private boolean startsWith(String lowerCase) {
    return lineLength >= lowerCase.length() && matches(0, lowerCase);
  }

  private boolean endsWith(String lowerCase) {
    int from = trimmedEnd() - lowerCase.length();
    return from >= 0 && matches(from, lowerCase);
  }

  private boolean matches(int from, String lowerCase) {
    for (int i = 0; i < lowerCase.length(); i++) {
      if (Character.toLowerCase((char) (line[from + i] & 0xff)) != lowerCase.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int skipSpaces(int from) {
    int at = from;
    while (at < lineLength && (line[at] == ' ' || line[at] == '\t')) {
      at++;
    }
    return at;
  }

  private int trimmedEnd() {
    int end = lineLength;
    while (end > 0 && (line[end - 1] == ' ' || line[end - 1] == '\t')) {
      end--;
    }
    return end;
  }

  private static ReplyException malformed() {
    return new ReplyException(ErrorKind.MALFORMED);
  }
}
