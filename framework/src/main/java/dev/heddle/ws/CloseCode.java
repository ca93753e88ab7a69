package dev.heddle.ws;

/// Why a WebSocket is closed, as a number (RFC 6455, section 7.4, and IANA's registry).
///
/// @param value from 1000 to 4999
public record CloseCode(int value) {
  /// The purpose has been fulfilled.
  public static final CloseCode NORMAL = new CloseCode(1000);

  /// The server closes, or the user leaves the page.
  public static final CloseCode GOING_AWAY = new CloseCode(1001);

  /// The other side broke the protocol.
  public static final CloseCode PROTOCOL_ERROR = new CloseCode(1002);

  /// A kind of message that can't be accepted: binary where only text is understood, say.
  public static final CloseCode UNSUPPORTED_DATA = new CloseCode(1003);

  /// The peer's Close frame named no code. Never sent.
  public static final CloseCode NO_STATUS = new CloseCode(1005);

  /// The connection ended without a Close frame from the peer. Never sent.
  public static final CloseCode ABNORMAL = new CloseCode(1006);

  /// Data that is not of its type: text that is not UTF-8.
  public static final CloseCode INVALID_PAYLOAD = new CloseCode(1007);

  /// A message breaks the rules of the application.
  public static final CloseCode POLICY_VIOLATION = new CloseCode(1008);

  /// A message is too large.
  public static final CloseCode MESSAGE_TOO_BIG = new CloseCode(1009);

  /// The server can't go on.
  public static final CloseCode INTERNAL_ERROR = new CloseCode(1011);

  /// The server is being restarted: come back later.
  public static final CloseCode SERVICE_RESTART = new CloseCode(1012);

  /// The server has too much to do, or the peer is too slow: come back later.
  public static final CloseCode TRY_AGAIN_LATER = new CloseCode(1013);

  /// Checks the number.
  ///
  /// @throws IllegalArgumentException if it is out of its range
  public CloseCode {
    if (value < 1000 || value > 4999) {
      throw new IllegalArgumentException(
          "close code is " + value + ": expected 1000 to 4999, of which 4000 to 4999 are free");
    }
  }

  /// Whether an endpoint may put it into a Close frame: those that are registered for it, and all
  /// from 3000.
  static boolean isSendable(int value) {
    return value >= 3000
        ? value <= 4999
        : value >= 1000 && value <= 1014 && (value < 1004 || value > 1006);
  }

  /// As in `1001`.
  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
