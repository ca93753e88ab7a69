package dev.heddle.ws;

/// What a frame is, and how its head looks (RFC 6455, section 5.2):
///
/// ```
///    0                   1                   2                   3
///    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///   +-+-+-+-+-------+-+-------------+-------------------------------+
///   |F|R|R|R| opcode|M| length      | length, 16 or 64 bits, if the |
///   |I|S|S|S|       |A|  (7)        |  7 bits are 126 or 127        |
///   |N|V|V|V|       |S|             |                               |
///   | |1|2|3|       |K|             | then the masking key, 32 bits |
///   +-+-+-+-+-------+-+-------------+-------------------------------+
/// ```
final class Opcode {
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  /// The last frame of its message.
  static final int FIN = 0x80;

  /// The message is compressed (RFC 7692, section 6); of its first frame only.
  static final int RSV1 = 0x40;

  /// For extensions that we do not speak.
  static final int RSV2_AND_3 = 0x30;

  static final int MASK = 0x80;

  /// The largest payload of a control frame, in bytes.
  static final int MAX_CONTROL = 125;

  private Opcode() {}

  static boolean isControl(int opcode) {
    return (opcode & 8) != 0;
  }

  static boolean isKnown(int opcode) {
    return opcode <= BINARY || (opcode >= CLOSE && opcode <= PONG);
  }
}
