package dev.heddle.benchmarks.load;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/// The frames of a WebSocket echo: what is sent, masked, and what has to come back, unmasked.
///
/// Both streams hold the same texts in the same order. They differ from one another, and
/// connections start apart, so that a server that mixes them up is caught.
///
/// ```
///  0                   1                       (RFC 6455, section 5.2)
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5
/// |F|R|R|R| opcode|M| length: 7 bits, or 126 and 16 bits, or 127 and 64 bits
/// ```
final class WsFrames {
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;
  static final int FIN = 0x80;
  static final int MASKED = 0x80;
  static final int MASK_LENGTH = 4;
  static final int LENGTH_16 = 126;
  static final int LENGTH_64 = 127;
  private static final int PERIOD = 16_381;
  private static final int STRIDE = 7_919;
  private static final long SEED = 42;

  final RequestStream requests;
  final RequestStream replies;
  final int replyHeader;
  final int payload;

  /// @param payload the length of a text, in bytes
  WsFrames(int payload) {
    this.payload = payload;
    replyHeader = headerLength(payload);
    int replyLength = replyHeader + payload;
    int count = Math.max(1, PERIOD / replyLength);
    ByteBuffer masked = ByteBuffer.allocate(count * (replyLength + MASK_LENGTH));
    ByteBuffer plain = ByteBuffer.allocate(count * replyLength);
    SplittableRandom random = new SplittableRandom(SEED);
    for (int frame = 0; frame < count; frame++) {
      byte[] text = text(payload, random);
      putMasked(masked, FIN | TEXT, text, random.nextInt());
      putHeader(plain, FIN | TEXT, payload, 0);
      plain.put(text);
    }
    int apart = STRIDE % count;
    requests =
        new RequestStream(
            masked.array(), replyLength + MASK_LENGTH, apart * (replyLength + MASK_LENGTH));
    replies = new RequestStream(plain.array(), replyLength, apart * replyLength);
  }

  private static byte[] text(int length, SplittableRandom random) {
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      text[i] = (byte) random.nextInt(' ', '~' + 1);
    }
    return text;
  }

  /// How long the header of an unmasked frame is.
  static int headerLength(int payload) {
    return payload < LENGTH_16 ? 2 : payload < 1 << 16 ? 4 : 10;
  }

  /// A whole frame from a client.
  static ByteBuffer masked(int opcode, byte[] payload, int mask) {
    ByteBuffer frame =
        ByteBuffer.allocate(headerLength(payload.length) + MASK_LENGTH + payload.length);
    putMasked(frame, FIN | opcode, payload, mask);
    return frame.flip();
  }

  private static void putMasked(ByteBuffer to, int first, byte[] payload, int mask) {
    putHeader(to, first, payload.length, MASKED);
    to.putInt(mask);
    for (int i = 0; i < payload.length; i++) {
      to.put((byte) (payload[i] ^ (mask >> (24 - 8 * (i % MASK_LENGTH)))));
    }
  }

  private static void putHeader(ByteBuffer to, int first, int length, int maskBit) {
    to.put((byte) first);
    switch (headerLength(length)) {
      case 2 -> to.put((byte) (maskBit | length));
      case 4 -> to.put((byte) (maskBit | LENGTH_16)).putShort((short) length);
      default -> to.put((byte) (maskBit | LENGTH_64)).putLong(length);
    }
  }
}
