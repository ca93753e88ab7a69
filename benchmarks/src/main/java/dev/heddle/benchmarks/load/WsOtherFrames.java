package dev.heddle.benchmarks.load;

import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;

/// The frames of one connection that are not a whole text each: those of a text that comes in
/// fragments, and pings, pongs and the close (RFC 6455, sections 5.4 and 5.5).
///
/// Holds something from the first byte of such a frame to its last, and from the first fragment of
/// a text to its last.
final class WsOtherFrames {
  private static final int MAX_CONTROL = 125;
  private static final int MAX_HEADER = 10;
  private static final int NORMAL = 1000;
  private static final int GOING_AWAY = 1001;

  private final WsFrames frames;
  private final ByteBuffer header = ByteBuffer.allocate(MAX_HEADER);
  private int first; // byte of the frame
  private byte[] control = {};
  private int controlLength;
  private long missing; // bytes of the payload
  private boolean inPayload;
  private boolean inText; // its last fragment has not ended
  private int matched; // bytes of the text

  WsOtherFrames(WsFrames frames) {
    this.frames = frames;
  }

  boolean isEmpty() {
    return !inText && !inPayload && header.position() == 0;
  }

  /// A frame starts by this byte.
  void begin(byte first) {
    header.put(first);
  }

  /// Consumes bytes up to the end of a frame, or all of them; returns whether a text has ended.
  ///
  /// @param position of the expected reply in [WsFrames#replies]
  boolean read(ByteBuffer bytes, int position, ReplyReader.Replies replies) throws ReplyException {
    while (!inPayload) {
      if (!bytes.hasRemaining()) {
        return false;
      }
      header.put(bytes.get());
      inPayload = header.position() >= 2 && header.position() == headerLength();
    }
    if (header.position() > 0) {
      beginPayload();
    }
    int length = (int) Math.min(missing, bytes.remaining());
    if (isControl()) {
      bytes.get(control, controlLength, length);
      controlLength += length;
    } else {
      match(bytes, position, length);
    }
    missing -= length;
    return missing == 0 && end(replies);
  }

  private int headerLength() {
    return switch (header.get(1) & 0x7f) {
      case WsFrames.LENGTH_16 -> 4;
      case WsFrames.LENGTH_64 -> 10;
      default -> 2;
    };
  }

  private void beginPayload() throws ReplyException {
    first = header.get(0) & 0xff;
    int second = header.get(1) & 0xff;
    missing =
        switch (header.position()) {
          case 2 -> second;
          case 4 -> header.getShort(2) & 0xffff;
          default -> header.getLong(2);
        };
    header.clear();
    boolean fits =
        isControl()
            ? isFinal() && missing <= MAX_CONTROL
            : opcode() == (inText ? WsFrames.CONTINUATION : WsFrames.TEXT);
    if (!fits || second >= WsFrames.MASKED || (first & 0x70) != 0 || missing < 0) {
      throw new ReplyException(
          opcode() == 2 ? ErrorKind.WRONG_BYTES : ErrorKind.MALFORMED); // a binary for a text
    }
    if (isControl()) {
      control = new byte[(int) missing];
      controlLength = 0;
    } else if (!inText) {
      inText = true;
      matched = 0;
    }
  }

  private int opcode() {
    return first & 0x0f;
  }

  private boolean isControl() {
    return opcode() >= WsFrames.CLOSE;
  }

  private boolean isFinal() {
    return (first & WsFrames.FIN) != 0;
  }

  private void match(ByteBuffer bytes, int position, int length) throws ReplyException {
    if (matched + length > frames.payload) {
      throw new ReplyException(ErrorKind.WRONG_BYTES);
    }
    int from = frames.replies.after(position, frames.replyHeader + matched);
    ByteBuffer expected = frames.replies.at(from, length);
    for (int i = 0; i < length; i++) {
      if (bytes.get() != expected.get()) {
        throw new ReplyException(ErrorKind.WRONG_BYTES);
      }
    }
    matched += length;
  }

  private boolean end(ReplyReader.Replies replies) throws ReplyException {
    inPayload = false;
    if (!isControl()) {
      if (!isFinal()) {
        return false;
      }
      if (matched < frames.payload) {
        throw new ReplyException(ErrorKind.WRONG_BYTES);
      }
      inText = false;
      return true;
    }
    switch (opcode()) {
      case WsFrames.PING -> replies.say(masked(WsFrames.PONG));
      case WsFrames.PONG -> {} // unasked, as it may be
      case WsFrames.CLOSE -> onClose(replies);
      default -> throw new ReplyException(ErrorKind.MALFORMED);
    }
    return false;
  }

  private void onClose(ReplyReader.Replies replies) throws ReplyException {
    int code = control.length < 2 ? NORMAL : ByteBuffer.wrap(control).getShort() & 0xffff;
    if (code != NORMAL && code != GOING_AWAY) {
      throw new ReplyException(ErrorKind.CLOSED_WITH_ERROR);
    }
    replies.say(masked(WsFrames.CLOSE));
    replies.last();
  }

  private ByteBuffer masked(int opcode) {
    return WsFrames.masked(opcode, control, ThreadLocalRandom.current().nextInt());
  }
}
