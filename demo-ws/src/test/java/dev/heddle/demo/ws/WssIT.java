package dev.heddle.demo.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.Server;
import dev.heddle.launcher.program.AnyCertificate;
import dev.heddle.launcher.program.Program;
import java.net.Socket;
import java.net.http.HttpClient;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The chat and the echo within TLS, by the development certificate.
class WssIT {
  static List<String> backends() {
    return Server.backends();
  }

  private static HttpClient client() throws Exception {
    return HttpClient.newBuilder().sslContext(AnyCertificate.context()).build();
  }

  @Test
  void httpIsWhatIsSpokenWithinTls() throws Exception {
    try (Program program = Program.start("--port=0", "--tls-dev");
        Socket plain = program.connect();
        SSLSocket socket =
            (SSLSocket)
                AnyCertificate.context()
                    .getSocketFactory()
                    .createSocket(plain, "localhost", plain.getPort(), true)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void messagesPassBothWaysAndTheEndIsInOrder(String backend) throws Exception {
    try (Program program = Program.startOn(backend, "--tls-dev");
        HttpClient http = client()) {
      try (Client client = new Client(http, program.uri("wss", "/echo"))) {
        for (int length : List.of(0, 125, 126, 16_384, 60_000)) {
          String message = "x".repeat(length);
          client.send(message);
          assertThat(client.hear()).isEqualTo(message);
        }
        client.leave();
        assertThat(client.closed()).startsWith("1000");
      }
      try (Client ada = new Client(http, program.uri("wss", "/chat?room=loom&name=Ada"))) {
        ada.hear("welcome");
        ada.say("hello");
        assertThat(ada.hear("message").path("message").textValue()).isEqualTo("hello");
        program.terminate();
        assertThat(ada.closed()).startsWith("1001");
      }
      assertThat(program.exitStatus()).isZero();
    }
  }
}
