package dev.heddle.tls;

import dev.heddle.Connection;
import dev.heddle.ConnectionHandler;
import dev.heddle.HandshakeFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Shakes hands, and hands the connection on.
///
/// @param timeout for the first byte, and then for the rest of the handshake
record TlsHandler(Tls tls, Duration timeout, ConnectionHandler next) implements ConnectionHandler {
  private static final String EXPLANATION =
      "This port speaks TLS, and the request came without: use https:// in place of http://.\n";

  @Override
  public void handle(Connection connection) throws IOException {
    connection.awaiting(timeout);
    if (!connection.buffered().hasRemaining() && !connection.fill()) {
      return;
    }
    connection.working(timeout);
    if (isPlainHttp(connection.buffered())) {
      connection.observer().handshakeFailed(connection, HandshakeFailure.PLAIN_HTTP);
      refuse(connection);
      return;
    }
    connection.layer(tls);
    connection.handOver(next);
  }

  /// Methods begin with a capital letter (RFC 9110, section 9.1); no TLS does.
  private static boolean isPlainHttp(ByteBuffer arrived) {
    byte first = arrived.get(arrived.position());
    return first >= 'A' && first <= 'Z';
  }

  private static void refuse(Connection connection) throws IOException {
    String response =
        """
        HTTP/1.1 400 Bad Request
        Content-Type: text/plain; charset=utf-8
        Content-Length: %d
        Connection: close

        """
                .formatted(EXPLANATION.length())
                .replace("\n", "\r\n")
            + EXPLANATION;
    connection.output().write(response.getBytes(StandardCharsets.US_ASCII));
  }
}
