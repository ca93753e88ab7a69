package dev.heddle.ws;

/// How a WebSocket ended (RFC 6455, section 7.1.5).
///
/// @param code that of the peer's Close frame; [CloseCode#NO_STATUS] if it named none;
///   [CloseCode#ABNORMAL] if there was no such frame
/// @param reason that of the peer's Close frame; empty if there was none
public record CloseStatus(CloseCode code, String reason) {
  static final CloseStatus NONE = new CloseStatus(CloseCode.NO_STATUS, "");
  static final CloseStatus ABNORMAL = new CloseStatus(CloseCode.ABNORMAL, "");
}
