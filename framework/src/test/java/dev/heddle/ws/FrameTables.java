package dev.heddle.ws;

import java.util.List;

/// What a client may send, and what it may not, each with the section that says so. Frames are in
/// hexadecimal digits as they stand on the wire; most have the masking key zero, so that they can
/// be read.
final class FrameTables {
  private static final String KEY = "00000000 ";

  private FrameTables() {}

  /// @param expected what the handler sees, then `|`, then the frames that the client gets
  record Case(String section, String name, String hex, String expected) {
    @Override
    public String toString() {
      return section + " " + name;
    }
  }

  /// Each is followed by a Close frame of code 1000, which is echoed.
  static List<Case> accepted() {
    return List.of(
        c("5.7", "a masked text of one frame", "8185 37fa213d 7f9f4d5158", "text Hello"),
        c("5.6", "an empty text", "8180 " + KEY, "text "),
        c("5.6", "empty bytes", "8280 " + KEY, "binary "),
        c("5.6", "bytes", "8283 ffffffff 00fe80", "binary ff017f"),
        c("5.4", "a text in two fragments", f("01", "48656c") + f("80", "6c6f"), "text Hello"),
        c(
            "5.4",
            "fragments that are empty",
            f("01", "") + f("00", "") + f("00", "4869") + f("80", ""),
            "text Hi"),
        c("5.4", "all fragments are empty", f("02", "") + f("80", ""), "binary "),
        c("5.6", "a character cut between fragments", f("01", "c3") + f("80", "bc"), "text ü"),
        c(
            "5.6",
            "four bytes of a character in four fragments",
            f("01", "f0") + f("00", "9f") + f("00", "98") + f("80", "80"),
            "text 😀"),
        c("5.6", "two messages", f("81", "61") + f("82", "62"), "text a, binary 62"),
        c("5.5.2", "a Ping", f("89", "48656c6c6f"), "| 8a 48656c6c6f"),
        c("5.5.2", "a Ping without data", f("89", ""), "| 8a"),
        c("5.5.2", "a masked Ping", "8985 37fa213d 7f9f4d5158", "| 8a 48656c6c6f"),
        c("5.5", "a Ping of 125 bytes", f("89", "61".repeat(125)), "| 8a " + "61".repeat(125)),
        c("5.5.2", "two Pings", f("89", "01") + f("89", "02"), "| 8a 01, 8a 02"),
        c("5.5.3", "a Pong that nobody asked for", f("8a", "48656c6c6f"), ""),
        c(
            "5.4",
            "a Ping between fragments",
            f("01", "61") + f("89", "70") + f("80", "62"),
            "text ab | 8a 70"),
        c(
            "5.4",
            "a Pong and a Ping within a character",
            f("01", "c3") + f("8a", "") + f("89", "") + f("80", "bc"),
            "text ü | 8a"),
        c("5.2", "a length of 126", f("82", "00".repeat(126)), "binary " + "00".repeat(126)),
        c("8.1", "the highest character", f("81", "f48fbfbf"), "text \udbff\udfff"),
        c("8.1", "a byte order mark, and U+0000", f("81", "efbbbf00"), "text \ufeff\u0000"));
  }

  /// Each is followed by a text, which nobody sees. Expected is the code of the Close frame, behind
  /// what the handler has seen before.
  static List<Case> refused() {
    return List.of(
        c("5.1", "a text without a mask", "8105 48656c6c6f", "1002"),
        c("5.1", "an empty text without a mask", "8100", "1002"),
        c("5.1", "a Close without a mask", "8802 03e8", "1002"),
        c("5.1", "a Ping without a mask", "8900", "1002"),
        c("5.2", "RSV1 without an extension", f("c1", "61"), "1002"),
        c("5.2", "RSV2", f("a1", "61"), "1002"),
        c("5.2", "RSV3", f("91", "61"), "1002"),
        c("5.2", "all reserved bits of a Ping", f("f9", ""), "1002"),
        c("5.2", "RSV1 of a Ping", f("c9", ""), "1002"),
        c("5.2", "RSV1 of a Close", f("c8", "03e8"), "1002"),
        c("5.2", "a reserved bit of a continuation", f("01", "61") + f("a0", "62"), "1002"),
        c("5.2", "opcode 3", f("83", ""), "1002"),
        c("5.2", "opcode 4", f("84", "61"), "1002"),
        c("5.2", "opcode 5", f("85", ""), "1002"),
        c("5.2", "opcode 6", f("86", ""), "1002"),
        c("5.2", "opcode 7", f("87", ""), "1002"),
        c("5.2", "opcode 11", f("8b", ""), "1002"),
        c("5.2", "opcode 12", f("8c", "61"), "1002"),
        c("5.2", "opcode 13", f("8d", ""), "1002"),
        c("5.2", "opcode 14", f("8e", ""), "1002"),
        c("5.2", "opcode 15", f("8f", ""), "1002"),
        c("5.2", "a reserved opcode within a message", f("01", "61") + f("83", ""), "1002"),
        c("5.2", "behind a message", f("81", "61") + f("83", ""), "text a, 1002"),
        c("5.2", "the highest bit of the length", "82ff 8000000000000000" + KEY, "1002"),
        c("5.2", "all bits of the length", "82ff ffffffffffffffff" + KEY, "1002"),
        c("5.2", "16 bits for a length of 125", "82fe 007d" + KEY + "00".repeat(125), "1002"),
        c("5.2", "16 bits for a length of 0", "82fe 0000" + KEY, "1002"),
        c("5.2", "64 bits for a length of 125", "82ff 000000000000007d" + KEY, "1002"),
        c("5.2", "64 bits for a length of 65535", "82ff 000000000000ffff" + KEY, "1002"),
        c("5.4", "a continuation of nothing", f("80", "61"), "1002"),
        c("5.4", "an unfinished continuation of nothing", f("00", "61"), "1002"),
        c("5.4", "a continuation behind a message", f("81", "61") + f("80", ""), "text a, 1002"),
        c("5.4", "a text within a text", f("01", "61") + f("81", "62"), "1002"),
        c("5.4", "bytes within a text", f("01", "61") + f("02", "62"), "1002"),
        c("5.5", "a Ping of 126 bytes", "89fe 007e" + KEY + "61".repeat(126), "1002"),
        c("5.5", "a Pong of 126 bytes", "8afe 007e" + KEY + "61".repeat(126), "1002"),
        c("5.5", "a Close of 126 bytes", "88fe 007e" + KEY + "03e8" + "61".repeat(124), "1002"),
        c("5.5", "a Ping of 64 bits of length", "89ff 0000000000010000" + KEY, "1002"),
        c("5.5", "a Ping in fragments", f("09", "61") + f("80", "61"), "1002"),
        c("5.5", "a Pong in fragments", f("0a", "61"), "1002"),
        c("5.5", "a Close in fragments", f("08", "03e8"), "1002"),
        c("5.5.1", "a Close of one byte", f("88", "03"), "1002"),
        c("7.4.1", "close code 0", f("88", "0000"), "1002"),
        c("7.4.1", "close code 999", f("88", "03e7"), "1002"),
        c("7.4.1", "close code 1004", f("88", "03ec"), "1002"),
        c("7.4.1", "close code 1005", f("88", "03ed"), "1002"),
        c("7.4.1", "close code 1006", f("88", "03ee"), "1002"),
        c("7.4.1", "close code 1015", f("88", "03f7"), "1002"),
        c("7.4.2", "close code 1016", f("88", "03f8"), "1002"),
        c("7.4.2", "close code 2000", f("88", "07d0"), "1002"),
        c("7.4.2", "close code 2999", f("88", "0bb7"), "1002"),
        c("7.4.2", "close code 5000", f("88", "1388"), "1002"),
        c("7.4.2", "close code 65535", f("88", "ffff"), "1002"),
        c("8.1", "a reason that is not UTF-8", f("88", "03e8ff"), "1007"),
        c("8.1", "a reason that is cut", f("88", "03e8c3"), "1007"),
        c("8.1", "a text that is not UTF-8", f("81", "61ff62"), "1007"),
        c("8.1", "a text that is cut", f("81", "61c3"), "1007"),
        c("8.1", "a text that is cut in its last fragment", f("01", "61") + f("80", "c3"), "1007"),
        c("8.1", "a surrogate", f("81", "eda080"), "1007"),
        c("8.1", "an overlong slash", f("81", "c0af"), "1007"),
        c("8.1", "a surrogate over two fragments", f("01", "ed") + f("00", "a0"), "1007"),
        c("8.1", "a bad byte in a message that goes on", f("01", "61ff"), "1007"),
        c("8.1", "a bad byte in a frame that goes on", "81e4 " + KEY + "6161ff", "1007"),
        c("10.4", "a frame beyond the limit", "82fe 0801" + KEY, "1009"),
        c("10.4", "a frame far beyond the limit", "82ff 7fffffffffffffff" + KEY, "1009"),
        c(
            "10.4",
            "fragments beyond the limit together",
            f("02", "00".repeat(1000)) + f("00", "00".repeat(1000)) + "80b1" + KEY,
            "1009"));
  }

  /// Close frames that are taken, with what answers them.
  static List<Case> closes() {
    return List.of(
        c("5.5.1", "a Close without a code", f("88", ""), "1005  | 88"),
        c("7.4.1", "1000", f("88", "03e8"), "1000  | 88 03e8"),
        c("7.4.1", "1001", f("88", "03e9"), "1001  | 88 03e9"),
        c("7.4.1", "1002", f("88", "03ea"), "1002  | 88 03ea"),
        c("7.4.1", "1003", f("88", "03eb"), "1003  | 88 03eb"),
        c("7.4.1", "1007", f("88", "03ef"), "1007  | 88 03ef"),
        c("7.4.1", "1008", f("88", "03f0"), "1008  | 88 03f0"),
        c("7.4.1", "1009", f("88", "03f1"), "1009  | 88 03f1"),
        c("7.4.1", "1010", f("88", "03f2"), "1010  | 88 03f2"),
        c("7.4.1", "1011", f("88", "03f3"), "1011  | 88 03f3"),
        c("7.4.2", "1012", f("88", "03f4"), "1012  | 88 03f4"),
        c("7.4.2", "1014", f("88", "03f6"), "1014  | 88 03f6"),
        c("7.4.2", "3000", f("88", "0bb8"), "3000  | 88 0bb8"),
        c("7.4.2", "4999", f("88", "1387"), "4999  | 88 1387"),
        c("5.5.1", "a reason", f("88", "03e8627965"), "1000 bye | 88 03e8"),
        c(
            "5.5.1",
            "a reason of 123 bytes",
            f("88", "03e8" + "61".repeat(123)),
            "1000 " + "a".repeat(123) + " | 88 03e8"),
        c("5.5.1", "a Close within a message", f("01", "61") + f("88", "03e8"), "1000  | 88 03e8"),
        c("5.5.1", "what follows is ignored", f("88", "03e8") + f("81", "61"), "1000  | 88 03e8"),
        c("5.5.1", "what follows is no frame", f("88", "03e8") + "ffff", "1000  | 88 03e8"));
  }

  private static Case c(String section, String name, String hex, String expected) {
    return new Case("RFC 6455, section " + section, name, hex, expected);
  }

  /// A frame of up to 125 bytes, or of 126 to 65535.
  private static String f(String first, String payload) {
    int length = payload.replace(" ", "").length() / 2;
    String size =
        length < 126 ? String.format("%02x", 0x80 | length) : String.format("fe%04x", length);
    return first + size + KEY + payload + " ";
  }
}
