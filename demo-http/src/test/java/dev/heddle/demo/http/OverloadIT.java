package dev.heddle.demo.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.Server;
import dev.heddle.launcher.program.Program;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The flags that hold off more than the handlers can do, and those that tell who asks.
class OverloadIT {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  static List<String> backends() {
    return Server.backends();
  }

  @AfterEach
  void close() {
    client.shutdownNow();
  }

  private HttpResponse<String> get(Program program, String target, String... fields)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(program.uri(target));
    for (int i = 0; i < fields.length; i += 2) {
      request.header(fields[i], fields[i + 1]);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @ParameterizedTest
  @MethodSource("backends")
  void requestsBeyondTheNumberAreToldToComeAgain(String backend) throws Exception {
    try (Program program = Program.startOn(backend, "--max-concurrent-requests=1")) {
      HttpResponse<String> refused = firstAnswered(program, 2);
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(refused.body()).isEqualTo("{\"title\":\"Service Unavailable\",\"status\":503}");
    }
  }

  @Test
  void anAdaptiveLimitLetsTwentyInAtFirst() throws Exception {
    try (Program program = Program.start("--port=0", "--max-concurrent-requests=auto")) {
      assertThat(firstAnswered(program, 21).statusCode()).isEqualTo(503);
    }
  }

  /// The answer to the one of so many requests that has it first: those that are let in sleep.
  private HttpResponse<String> firstAnswered(Program program, int requests)
      throws InterruptedException {
    HttpRequest sleep =
        HttpRequest.newBuilder(program.uri("/sleep/10000"))
            .header("Accept", "application/json")
            .build();
    BlockingQueue<HttpResponse<String>> answers = new LinkedBlockingQueue<>();
    for (int i = 0; i < requests; i++) {
      var _ = client.sendAsync(sleep, BodyHandlers.ofString()).thenAccept(answers::add);
    }
    return answers.take();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void anAddressThatAsksTooOftenIsToldToComeAgain(String backend) throws Exception {
    try (Program program = Program.startOn(backend, "--max-request-rate-per-address=2/h")) {
      assertThat(get(program, "/plaintext").statusCode()).isEqualTo(200);
      assertThat(get(program, "/json").statusCode()).isEqualTo(200);
      HttpResponse<String> refused = get(program, "/plaintext");
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0))
          .isBetween(1_000L, 1_800L);
      assertThat(refused.body()).isEqualTo("429 Too Many Requests\n");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aHandlerThatTakesTooLongIsAnsweredFor(String backend) throws Exception {
    try (Program program = Program.startOn(backend, "--handler-timeout=200ms")) {
      HttpResponse<String> late = get(program, "/sleep/10000", "Accept", "text/html");
      assertThat(late.statusCode()).isEqualTo(503);
      assertThat(late.body()).contains("<h1>503 Service Unavailable</h1>");
      assertThat(program.awaitError(line -> line.contains("took longer than")))
          .contains("WARNING", "GET /sleep/10000");
      HttpResponse<String> next = get(program, "/sleep/1");
      assertThat(next.statusCode()).isEqualTo(200);
      assertThat(next.connectionLabel()).isEqualTo(late.connectionLabel());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "forwarded   | Forwarded       | for=192.0.2.7;proto=https;host=a.example",
        "forwarded   | Forwarded       | for=10.6.6.6, for=\"192.0.2.7:99\", for=127.0.0.9",
        "x-forwarded | X-Forwarded-For | 192.0.2.7",
        "x-forwarded | X-Forwarded-For | 10.6.6.6, 192.0.2.7, 127.0.0.9",
      })
  void aTrustedProxyTellsWhoAsks(String kind, String field, String value) throws Exception {
    try (Program program =
        Program.start(
            "--port=0",
            "--forwarded=" + kind,
            "--proxy-trusted=127.0.0.0/8",
            "--max-request-rate-per-address=1/h",
            "--access-log")) {
      HttpResponse<String> page = get(program, "/headers", field, value);
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).contains("<th scope=\"row\">peer</th><td>192.0.2.7:");
      assertThat(program.await(line -> line.contains("/headers"))).startsWith("192.0.2.7 - - [");
      assertThat(get(program, "/headers", field, value).statusCode()).isEqualTo(429);
      assertThat(get(program, "/headers", field, value.replace(".7", ".8")).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void nobodyElseIsBelieved() throws Exception {
    try (Program program =
        Program.start("--port=0", "--forwarded=x-forwarded", "--proxy-trusted=192.0.2.0/24")) {
      assertThat(get(program, "/headers", "X-Forwarded-For", "192.0.2.7").body())
          .contains("<th scope=\"row\">peer</th><td>127.0.0.1:");
    }
  }

  @Test
  void whatATrustedProxyTellsMustMakeSense() throws Exception {
    try (Program program =
        Program.start("--port=0", "--forwarded=forwarded", "--proxy-trusted=127.0.0.1")) {
      HttpResponse<String> refused = get(program, "/headers", "Forwarded", "for=\"open");
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).isEqualTo("400 Bad Request: a malformed Forwarded field\n");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--max-concurrent-requests=-1 | --max-concurrent-requests is '-1': expected a whole number"
            + " from 0, or auto",
        "--max-concurrent-requests=many | --max-concurrent-requests is 'many': expected a whole",
        "--max-request-rate-per-address=5 | --max-request-rate-per-address is '5': expected a rate"
            + " such as 100/s",
        "--max-request-rate-per-address=1/d | --max-request-rate-per-address is '1/d': expected a",
        "--handler-timeout=5 | --handler-timeout is '5': expected a time such as",
        "--handler-timeout=-5s | --handler-timeout is '-5s': expected a time such as",
        "--forwarded=yes | --forwarded is 'yes': expected forwarded, x-forwarded or off",
        "--forwarded=forwarded | --forwarded believes nobody yet: add the addresses of your",
      })
  void whatMakesNoSenseIsRefusedInOneLine(String arg, String message) throws Exception {
    try (Program program = Program.start(arg)) {
      assertThat(program.exitStatus()).isEqualTo(2);
      assertThat(program.output()).isEmpty();
      assertThat(program.errors()).singleElement().asString().startsWith("http: " + message);
    }
  }
}
