package dev.heddle.benchmarks.strictness;

import dev.heddle.benchmarks.strictness.HostileRequest.Expected;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a server did.
///
/// @param status of the first answer, or 0 if none came
/// @param closed whether it ended the connection within the time allowed
/// @param smuggled whether what followed was served as a request
record Reaction(int status, boolean closed, boolean smuggled) {
  private static final int PATIENCE_MILLIS = 1_000;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");

  /// Sends a request, and what must not be served after it, and looks at what comes.
  static Reaction to(HostileRequest request, InetSocketAddress server) throws IOException {
    boolean refused = request.expected() == Expected.REFUSED;
    String text = request.text() + (refused ? HostileRequest.SMUGGLED : "");
    StringBuilder answer = new StringBuilder();
    boolean closed = false;
    try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket
          .getOutputStream()
          .write(text.replace("|", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      closed = readTo(answer, socket.getInputStream());
    } catch (SocketTimeoutException e) {
      // it neither answers nor closes any more
    }
    Matcher status = STATUS.matcher(answer);
    return new Reaction(
        status.find() ? Integer.parseInt(status.group(1)) : 0,
        closed,
        answer.indexOf("/smuggled") >= 0);
  }

  private static boolean readTo(StringBuilder answer, InputStream in)
      throws SocketTimeoutException {
    try {
      for (int b; (b = in.read()) >= 0; ) {
        answer.append((char) b);
      }
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      // reset: closed as well
    }
    return true;
  }

  /// Whether this is what the RFC asks for.
  boolean isRight(Expected expected) {
    return switch (expected) {
      case REFUSED -> status >= 400 && closed && !smuggled;
      case ANSWERED -> status == 200;
      case ANSWERED_AND_CLOSED -> status == 200 && closed;
    };
  }

  @Override
  public String toString() {
    return (status == 0 ? "no answer" : String.valueOf(status))
        + (closed ? ", closed" : ", open")
        + (smuggled ? ", served what follows" : "");
  }
}
