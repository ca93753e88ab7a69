package dev.heddle.benchmarks.baselines;

import dev.heddle.benchmarks.load.WebSocketKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// WebSocket echo on [InlineServer]: unmasks what comes, frame by frame, and sends it back.
///
/// It checks nothing, neither the handshake nor the frames nor their text, and answers a part of a
/// frame at once: the least that WebSocket can cost, not a server to use.
public final class InlineWs implements InlineServer.Responder {
  private static final Pattern KEY =
      Pattern.compile("(?i)\r\nsec-websocket-key:[ \t]*([^\r\n]+?)[ \t]*\r\n");
  private static final String END = "\r\n\r\n";
  private static final int PING = 0x89;
  private static final int PONG = 0x8a;
  private static final int MASK_LENGTH = 4;
  private static final int MAX_HEADER = 14;

  private final ByteBuffer replies; // of all connections
  private @Nullable StringBuilder head = new StringBuilder(); // null once the handshake is done
  private final byte[] header = new byte[MAX_HEADER]; // of a frame, as far as it was read
  private int headerLength;
  private long missing; // bytes of the payload
  private int mask; // of the next byte, first

  private InlineWs(ByteBuffer replies) {
    this.replies = replies;
  }

  @Override
  public ByteBuffer respond(ByteBuffer received) {
    replies.clear();
    if (head != null) {
      shakeHands(received, head);
    }
    while (received.hasRemaining()) {
      if (missing > 0) {
        unmask(received, (int) Math.min(missing, received.remaining()));
      } else if (headerLength == 0 && received.remaining() >= MAX_HEADER) {
        beginFrame(received);
      } else {
        header[headerLength++] = received.get();
        if (headerLength >= 2 && headerLength == headerLength(header[1])) {
          ByteBuffer whole = ByteBuffer.wrap(header);
          headerLength = 0;
          beginFrame(whole);
        }
      }
    }
    return replies.flip();
  }

  private static int headerLength(byte second) {
    return switch (second & 0x7f) {
      case 126 -> 4 + MASK_LENGTH;
      case 127 -> 10 + MASK_LENGTH;
      default -> 2 + MASK_LENGTH;
    };
  }

  private void beginFrame(ByteBuffer from) {
    int first = from.get() & 0xff;
    int second = from.get() & 0x7f;
    replies.put((byte) (first == PING ? PONG : first)).put((byte) second);
    missing = second;
    if (second == 126) {
      short length = from.getShort();
      replies.putShort(length);
      missing = length & 0xffff;
    } else if (second == 127) {
      missing = from.getLong();
      replies.putLong(missing);
    }
    mask = from.getInt();
  }

  private void unmask(ByteBuffer received, int length) {
    long eight = ((long) mask << 32) | (mask & 0xffff_ffffL);
    int from = received.position();
    int to = replies.position();
    int done = 0;
    for (; done + 8 <= length; done += 8) {
      replies.putLong(to + done, received.getLong(from + done) ^ eight);
    }
    for (; done < length; done++) {
      mask = Integer.rotateLeft(mask, 8);
      replies.put(to + done, (byte) (received.get(from + done) ^ mask));
    }
    received.position(from + length);
    replies.position(to + length);
    missing -= length;
  }

  private void shakeHands(ByteBuffer received, StringBuilder head) {
    while (received.hasRemaining()) {
      head.append((char) received.get());
      if (head.length() >= END.length() && head.indexOf(END, head.length() - END.length()) >= 0) {
        replies.put(answer(head).getBytes(StandardCharsets.US_ASCII));
        this.head = null;
        return;
      }
    }
  }

  private static String answer(CharSequence head) {
    Matcher key = KEY.matcher(head);
    return key.find()
        ? """
        HTTP/1.1 101 Switching Protocols\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Accept: %s\r
        \r
        """
            .formatted(new WebSocketKey(key.group(1)).accept())
        : "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
  }

  static BaselineCommand.Server server() {
    ByteBuffer replies = ByteBuffer.allocateDirect(InlineServer.BUFFER_SIZE + MAX_HEADER);
    return InlineServer.serving(() -> new InlineWs(replies));
  }

  /// Serves until the process is ended.
  public static void main(String[] args) {
    BaselineCommand.run("inline-ws", args, server());
  }
}
