package dev.heddle.http;

/// The fields that mean something to the codec itself, each a bit.
final class KnownField {
  static final int HOST = 1;
  static final int CONNECTION = 2;
  static final int CONTENT_LENGTH = 4;
  static final int TRANSFER_ENCODING = 8;
  static final int EXPECT = 16;
  static final int DATE = 32;
  static final int SERVER = 64;
  static final int KEEP_ALIVE = 128;

  /// Those that say how long a body is and whether a connection stays: the codec's to send.
  static final int FRAMING = CONTENT_LENGTH | TRANSFER_ENCODING | KEEP_ALIVE;

  private KnownField() {}

  /// The bit of a name, or 0.
  static int of(byte[] octets, int from, int to) {
    return switch (to - from) {
      case 4 -> is(octets, from, to, "host") ? HOST : is(octets, from, to, "date") ? DATE : 0;
      case 6 ->
          is(octets, from, to, "expect") ? EXPECT : is(octets, from, to, "server") ? SERVER : 0;
      case 10 ->
          is(octets, from, to, "connection")
              ? CONNECTION
              : is(octets, from, to, "keep-alive") ? KEEP_ALIVE : 0;
      case 14 -> is(octets, from, to, "content-length") ? CONTENT_LENGTH : 0;
      case 17 -> is(octets, from, to, "transfer-encoding") ? TRANSFER_ENCODING : 0;
      default -> 0;
    };
  }

  private static boolean is(byte[] octets, int from, int to, String lower) {
    return Grammar.equalsIgnoreCase(octets, from, to, lower);
  }
}
