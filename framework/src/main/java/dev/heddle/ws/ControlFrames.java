package dev.heddle.ws;

import java.io.IOException;

/// Who is told of the control frames that come between data (RFC 6455, section 5.5).
interface ControlFrames {
  /// To be answered with the same bytes.
  void ping(byte[] data) throws IOException;

  /// The peer will send no more frames.
  void close(CloseStatus status) throws IOException;
}
