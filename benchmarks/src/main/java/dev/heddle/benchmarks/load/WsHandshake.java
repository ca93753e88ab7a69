package dev.heddle.benchmarks.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The opening handshake of one WebSocket, from the client's side (RFC 6455, section 4.1).
final class WsHandshake {
  private static final int MAX_HEAD = 16 * 1024;
  private static final String END = "\r\n\r\n";

  private final ByteBuffer request;
  private final String accept;
  private final StringBuilder head = new StringBuilder();

  /// @param fieldLines further header fields, each `Name: value`
  WsHandshake(Target target, List<String> fieldLines) {
    WebSocketKey key = WebSocketKey.random();
    accept = key.accept();
    StringBuilder lines = new StringBuilder();
    fieldLines.forEach(line -> lines.append(line).append("\r\n"));
    String text =
        """
        GET %s HTTP/1.1\r
        Host: %s\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Key: %s\r
        Sec-WebSocket-Version: 13\r
        %s\r
        """
            .formatted(target.requestTarget(), target.authority(), key.text(), lines);
    request = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  ByteBuffer request() {
    return request;
  }

  /// Consumes the answer's bytes up to its end; returns whether that was among them.
  ///
  /// @throws ReplyException when the server does not agree, or not as it should
  boolean read(ByteBuffer bytes) throws ReplyException {
    while (bytes.hasRemaining()) {
      head.append((char) (bytes.get() & 0xff));
      int length = head.length();
      if (length >= END.length() && head.indexOf(END, length - END.length()) >= 0) {
        check();
        return true;
      }
      if (length == MAX_HEAD) {
        throw new ReplyException(ErrorKind.MALFORMED);
      }
    }
    return false;
  }

  private void check() throws ReplyException {
    String[] lines = head.toString().split("\r\n", -1);
    if (!lines[0].startsWith("HTTP/1.1 ")) {
      throw new ReplyException(ErrorKind.MALFORMED);
    }
    if (!lines[0].startsWith("HTTP/1.1 101")) {
      throw new ReplyException(ErrorKind.WRONG_STATUS);
    }
    Map<String, String> fields = new HashMap<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        fields.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1));
      }
    }
    boolean agreed =
        has(fields, "upgrade", "websocket")
            && has(fields, "connection", "upgrade")
            && fields.getOrDefault("sec-websocket-accept", "").trim().equals(accept)
            && !fields.containsKey("sec-websocket-extensions"); // none was offered
    if (!agreed) {
      throw new ReplyException(ErrorKind.WRONG_HANDSHAKE);
    }
  }

  private static boolean has(Map<String, String> fields, String name, String token) {
    for (String each : fields.getOrDefault(name, "").split(",", -1)) {
      if (each.trim().equalsIgnoreCase(token)) {
        return true;
      }
    }
    return false;
  }
}
