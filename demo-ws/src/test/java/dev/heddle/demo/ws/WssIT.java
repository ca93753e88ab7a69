package dev.heddle.demo.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.Server;
import dev.heddle.launcher.program.Program;
import java.net.Socket;
import java.net.http.HttpClient;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The chat and the echo within TLS, by the development certificate.
class WssIT {
  static List<String> backends() {
    return Server.backends();
  }

  private static HttpClient client() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Anyone()}, null);
    return HttpClient.newBuilder().sslContext(context).build();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void messagesPassBothWaysAndTheEndIsInOrder(String backend) throws Exception {
    try (Program program = Program.start("--backend=" + backend, "--port=0", "--tls-dev");
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

  /// Trusts anyone: whom the certificate is for is shown elsewhere.
  private static final class Anyone extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
