package dev.heddle.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What errors look like.
class ErrorPagesTest {
  private static final String BROWSER =
      "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";

  private static Reply exchange(HttpHandler handler, String accept) {
    String field = accept == null ? "" : "Accept: " + accept + "\r\n";
    ScriptedTransport peer =
        new ScriptedTransport().send("GET /x HTTP/1.1\r\nHost: a\r\n" + field + "\r\n");
    TestScope.serve(ErrorPages.of(handler), peer);
    return Reply.parse(peer.written()).getFirst();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        BROWSER + " | text/html; charset=utf-8",
        "application/json | application/problem+json",
        "application/problem+json;q=0.5, text/html;q=0.4 | application/problem+json",
        "application/json;q=0.5, text/html;q=0.6 | text/html; charset=utf-8",
        "TEXT/HTML | text/html; charset=utf-8",
        "text/plain, text/html | text/plain; charset=utf-8",
        "text/html;q=0 | text/plain; charset=utf-8",
        "text/html;q=9 | text/plain; charset=utf-8",
        "*/* | text/plain; charset=utf-8",
        "image/png | text/plain; charset=utf-8",
        "none | text/plain; charset=utf-8",
      })
  void theClientChoosesTheForm(String accept, String type) {
    Reply reply = exchange(_ -> Response.status(Status.NOT_FOUND), accept);
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.has("Content-Type: " + type)).as(reply.head()).isTrue();
    assertThat(reply.has("Vary: Accept")).isTrue();
    assertThat(reply.body()).contains("404", "Not Found");
  }

  @Test
  void whatAHandlerSaysInTextIsTheDetail() {
    HttpHandler handler =
        _ -> {
          throw new ProtocolException(Status.CONFLICT, "a <b> & \"c\"");
        };
    assertThat(exchange(handler, null).body()).isEqualTo("409 Conflict: a <b> & \"c\"\n");
    assertThat(exchange(handler, "application/json").body())
        .isEqualTo("{\"title\":\"Conflict\",\"status\":409,\"detail\":\"a <b> & \\\"c\\\"\"}");
    Reply page = exchange(handler, BROWSER);
    assertThat(page.body())
        .contains("<h1>409 Conflict</h1>", "a &lt;b&gt; &amp; &quot;c&quot;")
        .doesNotContain("<b>");
    assertThat(page.has("X-Content-Type-Options: nosniff")).isTrue();
    assertThat(page.head()).contains("Content-Security-Policy: default-src 'none'");
  }

  @Test
  void controlCharactersAreEscapedInJson() {
    Reply reply = exchange(_ -> Response.text(Status.GONE, "a\tb\u0001\\\n"), "application/json");
    assertThat(reply.body()).endsWith(",\"detail\":\"a\\u0009b\\u0001\\\\\"}");
  }

  @Test
  void nothingIsToldOfAnException() {
    HttpHandler handler =
        _ -> {
          throw new IllegalStateException("the password is <secret>", new Exception("deeper"));
        };
    for (String accept : new String[] {null, BROWSER, "application/json"}) {
      Reply reply = exchange(handler, accept);
      assertThat(reply.status()).isEqualTo(500);
      assertThat(reply.head() + reply.body())
          .contains("Internal Server Error")
          .doesNotContain("secret", "password", "deeper", "Exception", "\tat ", "dev.heddle");
    }
  }

  @Test
  void whatHasAFormOfItsOwnStays() {
    byte[] json = "{\"error\":7}".getBytes(StandardCharsets.UTF_8);
    Response own = Response.bytes("application/json", json).withStatus(Status.BAD_REQUEST);
    assertThat(exchange(_ -> own, BROWSER).body()).isEqualTo("{\"error\":7}");
    assertThat(exchange(_ -> Response.text("fine"), BROWSER).body()).isEqualTo("fine");
    Reply later =
        exchange(
            _ -> Response.text(Status.SERVICE_UNAVAILABLE, "").with("Retry-After", "7"), BROWSER);
    assertThat(later.has("Retry-After: 7")).isTrue();
    assertThat(later.body()).contains("<h1>503 Service Unavailable</h1>");
  }
}
