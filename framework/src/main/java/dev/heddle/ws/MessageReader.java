package dev.heddle.ws;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Reads frames from bytes that are there, and messages from frames (RFC 6455, section 5). It does
/// no input by itself: a method that lacks bytes says so, and is called again when there are more.
///
/// ```
///   begin -> TEXT or BINARY -> read -> bytes, read -> bytes ... read -> END -> begin ...
///        \                        \
///         NEEDS_INPUT              0: needs input
/// ```
///
/// Whatever frames lie between are dealt with on the way.
///
/// Threading: one thread at a time.
final class MessageReader {
  /// More bytes are needed, or the peer has closed: see [#isClosed()].
  static final int NEEDS_INPUT = 0;

  /// The message has been read.
  static final int END = -1;

  private final long maxFrame;
  private final ControlFrames control;
  private final @Nullable MessageInflater inflater;
  private boolean closed;

  // Of the message under way.
  private int opcode;
  private boolean compressed;
  private int utf8;

  // Of its frame under way.
  private boolean last;
  private long remaining;
  private int key;

  /// @param inflater null: compressed messages are against the protocol
  MessageReader(long maxFrame, @Nullable MessageInflater inflater, ControlFrames control) {
    this.maxFrame = maxFrame;
    this.inflater = inflater;
    this.control = control;
  }

  /// Whether the peer has closed.
  boolean isClosed() {
    return closed;
  }

  /// Whether a message has begun and not ended.
  boolean isWithinMessage() {
    return opcode != 0;
  }

  /// How many bytes of the message are surely still to come, as far as is known.
  long announced() {
    return compressed ? 0 : remaining;
  }

  /// Whether more of the message may come.
  boolean hasMore() {
    return compressed || remaining > 0 || !last;
  }

  /// Goes on to the message under way, or else the next.
  ///
  /// @return [Opcode#TEXT], [Opcode#BINARY], or [#NEEDS_INPUT]
  int begin(ByteBuffer in) throws IOException {
    return isWithinMessage() || nextDataFrame(in) ? opcode : NEEDS_INPUT;
  }

  /// Goes on to the next frame of the message that has bytes, if that under way has none left. Not
  /// if it is compressed: what has not been inflated yet may be at fault before that frame is.
  ///
  /// @return false if more bytes are needed for that
  boolean nextFrame(ByteBuffer in) throws IOException {
    while (remaining == 0 && !last && !compressed) {
      if (!nextDataFrame(in)) {
        return false;
      }
    }
    return true;
  }

  /// Takes the message that has just begun, if it is one frame and all there.
  ///
  /// @return null if it is not
  byte @Nullable [] takeWhole(ByteBuffer in) throws WebSocketException {
    if (!last || compressed || remaining > in.remaining()) {
      return null;
    }
    int count = (int) remaining;
    byte[] payload = new byte[count];
    int from = in.arrayOffset() + in.position();
    long all = Masking.unmask(key, in.array(), from, payload, 0, count);
    in.position(in.position() + count);
    if (opcode == Opcode.TEXT && !Utf8.isAscii(all)) {
      validate(payload, 0, count);
    }
    end();
    return payload;
  }

  /// Reads of the message.
  ///
  /// @param length at least 1
  /// @return how many bytes, or [#NEEDS_INPUT], or [#END]
  int read(ByteBuffer in, byte[] dst, int offset, int length) throws IOException {
    for (; ; ) {
      int inflated = compressed ? inflater().inflate(dst, offset, length) : 0;
      if (inflated > 0) {
        validate(dst, offset, offset + inflated);
        return inflated;
      }
      if (remaining > 0) {
        int count = (int) Math.min(remaining, in.remaining());
        if (count == 0) {
          return NEEDS_INPUT;
        }
        if (!compressed) {
          return take(in, dst, offset, Math.min(count, length));
        }
        feed(in, count);
      } else if (!last) {
        if (!nextDataFrame(in)) {
          return NEEDS_INPUT;
        }
      } else if (!compressed || inflater().isAtEnd()) {
        end();
        return END;
      }
    }
  }

  private int take(ByteBuffer in, byte[] dst, int offset, int count) throws WebSocketException {
    int from = in.arrayOffset() + in.position();
    Masking.unmask(key, in.array(), from, dst, offset, count);
    consume(in, count);
    validate(dst, offset, offset + count);
    return count;
  }

  /// Hands compressed bytes on, where they are: they stay until more input is asked for.
  private void feed(ByteBuffer in, int count) {
    int from = in.arrayOffset() + in.position();
    Masking.unmask(key, in.array(), from, in.array(), from, count);
    consume(in, count);
    inflater().feed(in.array(), from, count);
  }

  private void consume(ByteBuffer in, int count) {
    in.position(in.position() + count);
    remaining -= count;
    key = Masking.advance(key, count);
  }

  private void validate(byte[] octets, int from, int to) throws WebSocketException {
    if (opcode == Opcode.TEXT) {
      utf8 = Utf8.check(utf8, octets, from, to);
      if (utf8 == Utf8.INVALID) {
        throw notUtf8();
      }
    }
  }

  private void end() throws WebSocketException {
    if (utf8 != Utf8.COMPLETE) {
      throw notUtf8();
    }
    if (compressed) {
      inflater().end();
    }
    opcode = 0;
  }

  private static WebSocketException notUtf8() {
    return new WebSocketException(CloseCode.INVALID_PAYLOAD, "text is not UTF-8");
  }

  private MessageInflater inflater() {
    MessageInflater known = inflater;
    if (known == null) {
      throw new IllegalStateException("compression was not agreed on");
    }
    return known;
  }

  /// Reads the head of the next data frame, and all control frames before it.
  ///
  /// @return false if it is not there yet, or the peer has closed
  private boolean nextDataFrame(ByteBuffer in) throws IOException {
    while (!closed && in.remaining() >= 2) {
      byte[] octets = in.array();
      int at = in.arrayOffset() + in.position();
      int first = octets[at];
      int head = FrameRules.check(first, octets[at + 1], opcode != 0, inflater != null);
      if (in.remaining() < head) {
        return false;
      }
      key = Masking.key(octets, at + head - 4);
      if (!Opcode.isControl(first)) {
        in.position(in.position() + head);
        beginFrame(first, FrameRules.length(octets, at + 1));
        return true;
      }
      int length = octets[at + 1] & 0x7f;
      if (in.remaining() < head + length) {
        return false;
      }
      byte[] payload = new byte[length];
      Masking.unmask(key, octets, at + head, payload, 0, length);
      in.position(in.position() + head + length);
      dispatch(first & 0xf, payload);
    }
    return false;
  }

  private void beginFrame(int first, long length) throws WebSocketException {
    if (length > maxFrame) {
      throw new WebSocketException(CloseCode.MESSAGE_TOO_BIG, "the frame is too large");
    }
    last = first < 0;
    remaining = length;
    if (opcode == 0) {
      opcode = first & 0xf;
      compressed = (first & Opcode.RSV1) != 0;
      utf8 = Utf8.COMPLETE;
      if (compressed) {
        inflater().begin();
      }
    }
  }

  private void dispatch(int controlOpcode, byte[] payload) throws IOException {
    if (controlOpcode == Opcode.CLOSE) {
      CloseStatus status = CloseFrame.parse(payload);
      closed = true;
      control.close(status);
    } else if (controlOpcode == Opcode.PING) {
      control.ping(payload);
    }
  }
}
