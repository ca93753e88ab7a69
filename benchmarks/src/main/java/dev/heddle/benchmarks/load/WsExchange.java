package dev.heddle.benchmarks.load;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// WebSocket echo: each text that comes back has to be, byte by byte, the one that was sent.
///
/// Nearly all that comes is a whole text in a frame of its own, so what is read is first held
/// against the very bytes of such frames, many at a time. Only a frame that begins otherwise is
/// taken apart, by [WsOtherFrames].
final class WsExchange implements Exchange {
  private final Target target;
  private final List<String> fieldLines;
  private final WsFrames frames;

  /// @param payload the length of a text, in bytes
  /// @param fieldLines header fields of the handshake, each `Name: value`
  WsExchange(Target target, int payload, List<String> fieldLines) {
    this.target = target;
    this.fieldLines = fieldLines;
    frames = new WsFrames(payload);
  }

  @Override
  public RequestStream requests() {
    return frames.requests;
  }

  @Override
  public ReplyReader newReader(int connection) {
    return new Reader(connection);
  }

  private final class Reader implements ReplyReader {
    private final WsOtherFrames others;
    private @Nullable WsHandshake handshake = new WsHandshake(target, fieldLines);
    private int position;
    private int missing; // bytes of the current frame that have not come back

    Reader(int connection) {
      position = frames.replies.start(connection);
      missing = frames.replies.messageLength();
      others = new WsOtherFrames(frames);
    }

    @Override
    public @Nullable ByteBuffer greeting() {
      return handshake == null ? null : handshake.request();
    }

    @Override
    public void read(ByteBuffer bytes, Replies replies) throws ReplyException {
      if (handshake != null) {
        if (!handshake.read(bytes)) {
          return;
        }
        handshake = null;
        replies.opened();
      }
      while (bytes.hasRemaining()) {
        if (others.isEmpty()) {
          readExpected(bytes, replies);
        } else if (others.read(bytes, position, replies)) {
          position = frames.replies.after(position, frames.replies.messageLength());
          replies.completed(1);
        }
      }
    }

    private void readExpected(ByteBuffer bytes, Replies replies) throws ReplyException {
      int length = bytes.remaining();
      int mismatch = bytes.mismatch(frames.replies.at(position, length));
      int same = mismatch < 0 ? length : mismatch;
      bytes.position(bytes.position() + same);
      position = frames.replies.after(position, same);
      missing -= same;
      int whole = frames.replies.messageLength();
      int ended = 0;
      while (missing <= 0) {
        missing += whole;
        ended++;
      }
      if (ended > 0) {
        replies.completed(ended);
      }
      if (mismatch >= 0) {
        if (missing < whole) {
          throw new ReplyException(ErrorKind.WRONG_BYTES); // it began as the right one
        }
        others.begin(bytes.get());
      }
    }

    @Override
    public boolean midReply() {
      return missing < frames.replies.messageLength() || !others.isEmpty();
    }
  }
}
