package dev.heddle.demo.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.ServerOptions;
import dev.heddle.http.Headers;
import dev.heddle.http.HttpHandler;
import dev.heddle.http.HttpOptions;
import dev.heddle.http.ProtocolException;
import dev.heddle.http.Request;
import dev.heddle.http.Response;
import dev.heddle.http.Status;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {
  private final HttpHandler routes;

  RoutesTest() throws IOException {
    LiveFeed feed = new LiveFeed(About.of(ServerOptions.DEFAULT, HttpOptions.DEFAULT));
    routes = new Constants(Routes.of(feed, _ -> Response.text("a file")));
  }

  private static String text(Response response) {
    return new String(((Response.Full) response).body(), UTF_8);
  }

  @Test
  void theConstantsAreTheSameEachTime() throws Exception {
    Request request = Request.of("GET", "/plaintext");
    assertThat(routes.handle(request)).isSameAs(routes.handle(request));
  }

  @Test
  void theConstantsKnowOtherMethods() throws Exception {
    assertThat(text(routes.handle(Request.of("HEAD", "/json")))).contains("Hello, World!");
    Response refused = routes.handle(Request.of("DELETE", "/json"));
    assertThat(refused.status()).isEqualTo(Status.METHOD_NOT_ALLOWED);
    assertThat(refused.headers().get("Allow")).isEqualTo("GET, HEAD, OPTIONS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "+1", "10001", "99999999999", "1e3", "x", "%D9%A1"})
  void aTimeToSleepThatIsNoneIsRefused(String time) {
    assertThatThrownBy(() -> routes.handle(Request.of("GET", "/sleep/" + time)))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("the time to sleep is 0 to 10000 ms");
  }

  @Test
  void anEchoHasTheTypeOfItsRequest() throws Exception {
    Headers headers = Headers.of("Content-Type", "text/csv");
    Response echo = routes.handle(Request.of("POST", "/echo", headers, "a,b".getBytes(UTF_8)));
    assertThat(text(echo)).isEqualTo("a,b");
    assertThat(echo.headers().get("Content-Type")).isEqualTo("text/csv");
  }

  @Test
  void anEchoIsBounded() {
    byte[] body = new byte[(int) Routes.ECHO_LIMIT + 1];
    assertThatThrownBy(() -> routes.handle(Request.of("POST", "/echo", Headers.EMPTY, body)))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void whatTheServerSawIsEscaped() throws Exception {
    Headers headers = Headers.of("X-Test", "<script>\"'&");
    String page = text(routes.handle(Request.of("GET", "/headers?a=%27&b", headers, new byte[0])));
    assertThat(page)
        .contains("X-Test", "&lt;script&gt;&quot;&#39;&amp;")
        .contains("/headers?a=%27&amp;b")
        .doesNotContain("<script>");
  }
}
