package dev.heddle.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What people type: URLs and requests.
class ParsingTest {
  @ParameterizedTest
  @CsvSource({
    "tcp://127.0.0.1:9000,         TCP,  127.0.0.1, 9000, /",
    "http://localhost,             HTTP, localhost, 80,   /",
    "HTTP://localhost:8080/a?b=c,  HTTP, localhost, 8080, /a?b=c",
    "ws://localhost/echo,          WS,   localhost, 80,   /echo",
    "http://[::1]:8080/,           HTTP, [::1],     8080, /",
  })
  void readsUrls(String url, Target.Scheme scheme, String host, int port, String requestTarget) {
    assertThat(Target.parse(url)).isEqualTo(new Target(scheme, host, port, requestTarget));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost:80",
        "tcp://localhost",
        "tcp://h:0",
        "tcp://h:65536",
        "x://h:1",
        "tcp://a b:1"
      })
  void refusesWhatIsNoUrl(String url) {
    assertThatThrownBy(() -> Target.parse(url)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void writesARequest() {
    HttpRequest request = new HttpRequest("POST", List.of("Accept: */*"), "é", 201);
    assertThat(new String(request.encode(Target.parse("http://h:81/p"), 0), StandardCharsets.UTF_8))
        .isEqualTo("POST /p HTTP/1.1\r\nHost: h:81\r\nContent-Length: 2\r\nAccept: */*\r\n\r\né");
  }

  @Test
  void writesRequestsThatDiffer() {
    HttpRequest request = new HttpRequest("GET", List.of("A: {n}"), "", 200);
    RequestStream stream = request.stream(Target.parse("http://h/"));
    int length = stream.messageLength();
    assertThat(StandardCharsets.US_ASCII.decode(stream.at(stream.start(3), 2 * length)).toString())
        .containsSubsequence("A: 00003\r\n\r\nGET", "A: 00004\r\n\r\n");
  }

  @Test
  void leavesOutTheFieldsThatAreGiven() {
    HttpRequest request = new HttpRequest("PUT", List.of("host: x", "content-LENGTH: 1"), "y", 200);
    assertThat(new String(request.encode(Target.parse("http://h/"), 0), StandardCharsets.UTF_8))
        .isEqualTo("PUT / HTTP/1.1\r\nhost: x\r\ncontent-LENGTH: 1\r\n\r\ny");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no colon", ": x", "a b: c", "A: b\r\nC: d"})
  void refusesWhatIsNoHeader(String line) {
    assertThatThrownBy(() -> new HttpRequest("GET", List.of(line), "", 200))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "tcp://h:1, 0, 64 bytes",
    "ws://h/, 0, text of 125 bytes",
    "ws://h/, 7, text of 7 bytes"
  })
  void usesTheProtocolsOwnSizeWhereNoneIsGiven(String url, int payload, String message) {
    LoadPlan plan = LoadPlan.to(Target.parse(url)).payload(payload).build();
    assertThat(plan.message()).isEqualTo(message);
  }

  @Test
  void refusesAPlanOutOfRange() {
    LoadPlan.Builder plan = LoadPlan.to(Target.parse("tcp://h:1")).connections(0);
    assertThatThrownBy(plan::build).hasMessage("connections must be from 1 to 1000000, not 0");
  }
}
