package dev.heddle.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.benchmarks.CommandRun;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `load` as a user runs it.
class LoadCommandTest {
  private static CommandRun run(String... arguments) {
    return CommandRun.of(
        Stream.concat(Stream.of("load"), Stream.of(arguments)).toArray(String[]::new));
  }

  private static TestServer echo() throws IOException {
    return TestServer.start(
        (client, _) ->
            client.socket().getInputStream().transferTo(client.socket().getOutputStream()));
  }

  @Test
  void printsAResultWithin80Columns() throws IOException {
    try (TestServer server = echo()) {
      CommandRun run =
          run(server.target("tcp").toString(), "-c=8", "--warmup=50ms", "-d=100ms", "--rate=2k");
      assertThat(run.err()).isEmpty();
      assertThat(run.exitCode()).isZero();
      assertThat(run.out())
          .contains("2,000 messages a second", "p99.9", "errors     none", "0 of 8");
      assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
    }
  }

  @Test
  void printsJson() throws IOException {
    try (TestServer server = echo()) {
      CommandRun run =
          run(server.target("tcp").toString(), "--json", "--warmup=0", "-d=100ms", "--threads=2");
      JsonNode json = new ObjectMapper().readTree(run.out());
      assertThat(run.exitCode()).isZero();
      assertThat(json.path("connections").asInt()).isEqualTo(64);
      assertThat(json.path("messages").asLong()).isPositive();
      assertThat(json.path("errors").isEmpty()).isTrue();
      assertThat(json.path("latencyMicros").path("p99.9").asDouble()).isPositive();
    }
  }

  @Test
  void holdsIdleConnections() throws IOException {
    try (TestServer server = echo()) {
      CommandRun run = run(server.target("tcp").toString(), "-c=300", "--idle=200ms", "--json");
      JsonNode json = new ObjectMapper().readTree(run.out());
      assertThat(run.exitCode()).isZero();
      assertThat(json.path("opening").path("opened").asInt()).isEqualTo(300);
      assertThat(json.path("first").path("messages").asInt()).isEqualTo(300);
      assertThat(json.path("idle").path("alive").asInt()).isEqualTo(300);
      assertThat(json.path("second").path("messages").asInt()).isEqualTo(300);
    }
  }

  @Test
  void tellsWhichIdleConnectionsTheServerGaveUp() throws IOException {
    TestServer.Script oneMessageOnly = (client, _) -> client.write(client.read(64));
    try (TestServer server = TestServer.start(oneMessageOnly)) {
      CommandRun run = run(server.target("tcp").toString(), "-c=10", "--idle=200ms");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out()).contains("0 alive", "closed by server");
      assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
    }
  }

  @Test
  void exitsBy1WhenRepliesAreWrong() throws IOException {
    TestServer.Script wrong =
        (client, _) -> {
          client.read(64);
          client.write(new byte[64]);
        };
    try (TestServer server = TestServer.start(wrong)) {
      CommandRun run = run(server.target("tcp").toString(), "--warmup=0", "-d=50ms");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out()).contains("wrong bytes", "no reply");
    }
  }

  @Test
  void exitsBy1WhenNobodyListens() throws IOException {
    TestServer server = echo();
    server.close();
    Target target = server.target("tcp");
    assertThat(run(target.toString()))
        .isEqualTo(
            new CommandRun(1, "", "load: cannot connect to " + target + ": connect refused\n"));
  }

  @Test
  void exitsBy1WhenThereIsNoSuchHost() {
    assertThat(run("tcp://nosuch.invalid:1"))
        .isEqualTo(new CommandRun(1, "", "load: no such host: nosuch.invalid\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ftp://h:1                     | unknown protocol ftp://, known are tcp://, http://, ws://
          tcp://h:1 --connections=x     | 'x' is not one of the form 64, 10k, 1m
          tcp://h:1 --duration=1y       | '1y' is not one of the form 500ms, 5s, 2m
          tcp://h:1 --pipeline=0        | pipeline must be from 1 to 65536, not 0
          tcp://h:1 --rate=0            | rate must be above 0
          tcp://h:1 --duration=0        | duration must be above 0
          http://h:1 --header=x         | not a header of the form 'Name: value': x
          http://h:1 --expect-status=9  | not a status: 9
          http://h:1 --expect-length=-1 | expect-length must be at least 0
          tcp://h:1 --timeout=9999h     | '9999h' is longer than 8760h
          """)
  void exitsBy2AndOneLineWhenUsedWrongly(String arguments, String message) {
    CommandRun run = run(arguments.split(" "));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("load: ").contains(message).endsWith(" (see --help)\n");
    assertThat(run.err().lines()).hasSize(1);
  }
}
