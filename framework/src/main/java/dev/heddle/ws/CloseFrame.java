package dev.heddle.ws;

import java.nio.charset.StandardCharsets;

/// What a Close frame carries (RFC 6455, section 5.5.1): nothing, or a code and a reason.
final class CloseFrame {
  private CloseFrame() {}

  /// @throws IllegalArgumentException if the code may not be sent, or the reason is too long
  static byte[] payload(CloseCode code, String reason) {
    if (code.equals(CloseCode.NO_STATUS)) {
      return new byte[0];
    }
    byte[] utf8 = reason.getBytes(StandardCharsets.UTF_8);
    if (!CloseCode.isSendable(code.value())) {
      throw new IllegalArgumentException("close code " + code + " is never sent");
    }
    if (utf8.length > Opcode.MAX_CONTROL - 2) {
      throw new IllegalArgumentException(
          "the reason has " + utf8.length + " bytes: expected up to 123");
    }
    byte[] payload = new byte[2 + utf8.length];
    payload[0] = (byte) (code.value() >> 8);
    payload[1] = (byte) code.value();
    System.arraycopy(utf8, 0, payload, 2, utf8.length);
    return payload;
  }

  /// The code of a payload of ours.
  static CloseCode code(byte[] payload) {
    return payload.length == 0
        ? CloseCode.NO_STATUS
        : new CloseCode((payload[0] & 0xff) << 8 | (payload[1] & 0xff));
  }

  static CloseStatus parse(byte[] payload) throws WebSocketException {
    if (payload.length == 0) {
      return CloseStatus.NONE;
    }
    if (payload.length == 1) {
      throw new WebSocketException(CloseCode.PROTOCOL_ERROR, "half a close code");
    }
    int code = (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
    if (!CloseCode.isSendable(code)) {
      throw new WebSocketException(CloseCode.PROTOCOL_ERROR, "a close code that is never sent");
    }
    if (Utf8.check(Utf8.COMPLETE, payload, 2, payload.length) != Utf8.COMPLETE) {
      throw new WebSocketException(CloseCode.INVALID_PAYLOAD, "the reason is not UTF-8");
    }
    return new CloseStatus(
        new CloseCode(code), new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8));
  }
}
