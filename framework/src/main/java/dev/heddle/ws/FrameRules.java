package dev.heddle.ws;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// What the head of a frame from a client must keep to (RFC 6455, sections 5.2 to 5.5).
///
/// ```
///   FIN RSV1 RSV2 RSV3 opcode(4) | MASK length(7) | length(0, 16 or 64) | masking key(32)
/// ```
final class FrameRules {
  /// How long the shortest head is, in bytes: two, and the masking key.
  private static final int SHORTEST_HEAD = 6;

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private FrameRules() {}

  /// Checks the first two bytes.
  ///
  /// @param withinMessage whether a message has begun and not ended
  /// @param mayCompress whether compression was agreed on
  /// @return the length of the head, in bytes
  static int check(int first, int second, boolean withinMessage, boolean mayCompress)
      throws WebSocketException {
    int opcode = first & 0xf;
    int length = second & 0x7f;
    if (!Opcode.isKnown(opcode)) {
      throw broken("an opcode that is reserved");
    }
    if ((first & Opcode.RSV2_AND_3) != 0) {
      throw broken("a reserved bit is set");
    }
    if ((second & Opcode.MASK) == 0) {
      throw broken("a frame is not masked");
    }
    if (Opcode.isControl(opcode)) {
      checkControl(first, length);
    } else {
      checkData(first, opcode == Opcode.CONTINUATION, withinMessage, mayCompress);
    }
    return SHORTEST_HEAD + (length < 126 ? 0 : length == 126 ? 2 : 8);
  }

  private static void checkControl(int first, int length) throws WebSocketException {
    if ((first & Opcode.RSV1) != 0) {
      throw broken("a reserved bit is set");
    }
    if ((first & Opcode.FIN) == 0) {
      throw broken("a control frame is fragmented");
    }
    if (length > Opcode.MAX_CONTROL) {
      throw broken("a control frame is longer than 125 bytes");
    }
  }

  private static void checkData(
      int first, boolean continues, boolean withinMessage, boolean mayCompress)
      throws WebSocketException {
    if (continues && !withinMessage) {
      throw broken("a continuation of no message");
    }
    if (!continues && withinMessage) {
      throw broken("a message begins within another");
    }
    if ((first & Opcode.RSV1) != 0 && (continues || !mayCompress)) {
      throw broken("a reserved bit is set");
    }
  }

  /// The length of a frame's payload.
  ///
  /// @param at where the second byte of the head stands
  static long length(byte[] octets, int at) throws WebSocketException {
    int length = octets[at] & 0x7f;
    if (length < 126) {
      return length;
    }
    long extended =
        length == 126
            ? Short.toUnsignedLong((short) SHORT.get(octets, at + 1))
            : (long) LONG.get(octets, at + 1);
    if (extended < 0) {
      throw broken("a length with its highest bit set");
    }
    if (extended < (length == 126 ? 126 : 0x1_0000)) {
      throw broken("a length that is not written as short as it can be");
    }
    return extended;
  }

  private static WebSocketException broken(String message) {
    return new WebSocketException(CloseCode.PROTOCOL_ERROR, message);
  }
}
