package dev.heddle.demo.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.Server;
import dev.heddle.launcher.program.AnyCertificate;
import dev.heddle.launcher.program.Program;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the flags `--proxy-*` ask for.
class ProxyProtocolIT {
  private static final String HEADER = "PROXY TCP4 192.0.2.7 198.51.100.1 5 443\r\n";
  private static final String REQUEST =
      "GET /headers HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

  static List<String> backends() {
    return Server.backends();
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
  }

  private static String answer(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aTrustedProxyTellsWhoComesBeforeTlsBegins(String backend) throws Exception {
    try (Program program =
            Program.startOn(
                backend,
                "--proxy-protocol=required",
                "--proxy-trusted=127.0.0.1",
                "--tls-dev",
                "--access-log");
        Socket plain = program.connect()) {
      send(plain, HEADER);
      try (Socket secured =
          AnyCertificate.context()
              .getSocketFactory()
              .createSocket(plain, "localhost", plain.getPort(), true)) {
        send(secured, REQUEST);
        assertThat(answer(secured))
            .startsWith("HTTP/1.1 200 OK\r\n")
            .contains("<th scope=\"row\">peer</th><td>192.0.2.7:5<", "TLSv1.3 ");
      }
      assertThat(program.await(line -> line.contains("/headers"))).startsWith("192.0.2.7 - - [");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void whoeverSendsNoHeaderIsTurnedAway(String backend) throws Exception {
    try (Program program =
            Program.startOn(backend, "--proxy-protocol=required", "--proxy-trusted=127.0.0.1");
        Socket socket = program.connect()) {
      send(socket, REQUEST);
      assertThat(answerOrReset(socket)).isEmpty();
    }
  }

  /// What the server leaves unread makes the system reset the connection.
  private static String answerOrReset(Socket socket) throws IOException {
    try {
      return answer(socket);
    } catch (SocketException e) {
      return "";
    }
  }

  @Test
  void optionalHeadersLetOthersThroughAsThemselves() throws Exception {
    try (Program program =
        Program.start("--port=0", "--proxy-protocol=optional", "--proxy-trusted=127.0.0.1")) {
      for (String header : List.of("", HEADER)) {
        try (Socket socket = program.connect()) {
          send(socket, header + REQUEST);
          assertThat(answer(socket))
              .contains(
                  "<th scope=\"row\">peer</th><td>"
                      + (header.isEmpty() ? "127.0.0.1:" : "192.0.2.7:5<"));
        }
      }
    }
  }
}
