package dev.heddle.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// HTTP against servers that answer in unusual, but right, ways.
class HttpTest {
  private static final Duration WINDOW = Duration.ofMillis(200);
  private static final int CONNECTIONS = 3;
  private static final int REQUEST_END = 4;

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void readRequest(TestServer.Client client) throws IOException {
    int matched = 0;
    while (matched < REQUEST_END) {
      byte next = client.read(1)[0];
      matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
    }
  }

  private static LoadResult load(int pipeline, TestServer.Script script) throws IOException {
    return load(pipeline, HttpRequest.GET, script);
  }

  private static LoadResult load(int pipeline, HttpRequest request, TestServer.Script script)
      throws IOException {
    try (TestServer server = TestServer.start(script);
        Generator generator =
            Generator.open(
                LoadPlan.to(server.target("http"))
                    .connections(CONNECTIONS)
                    .pipeline(pipeline)
                    .request(request)
                    .build())) {
      return generator.run(WINDOW);
    }
  }

  @Test
  void repliesThatDifferAreEachCounted() throws IOException {
    LoadResult result =
        load(
            4,
            (client, _) -> {
              for (int length = 0; ; length = (length + 1) % 100) {
                readRequest(client);
                client.write(
                    ascii(
                        "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s"
                            .formatted(length, "x".repeat(length))));
              }
            });
    assertThat(result.errors()).isEmpty();
    assertThat(result.answered()).isGreaterThan(100);
  }

  @Test
  void equalRepliesInOddPiecesAreEachCounted() throws IOException {
    byte[] reply =
        ascii("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
    LoadResult result =
        load(
            4,
            (client, _) -> {
              for (int split = 0; ; split = (split + 1) % reply.length) {
                readRequest(client);
                client.write(reply, 0, split);
                client.write(reply, split, reply.length - split);
              }
            });
    assertThat(result.errors()).isEmpty();
    assertThat(result.bytesReceived()).isEqualTo(result.answered() * reply.length);
  }

  @Test
  void connectionsThatTheServerClosesAsItSaidAreOpenedAgainAndLoseNothing() throws IOException {
    LoadResult result =
        load(
            4,
            (client, _) -> {
              readRequest(client);
              client.write(ascii("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
              readRequest(client);
              client.write(
                  ascii("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"));
              client.socket().getInputStream().readAllBytes();
            });
    assertThat(result.errors()).isEmpty();
    assertThat(result.reconnects()).isPositive();
    assertThat(result.answered() - 2L * result.reconnects()).isBetween(0L, 2L * CONNECTIONS);
  }

  @Test
  void aReplyThatEndsWithTheConnectionIsAReply() throws IOException {
    LoadResult result =
        load(
            1,
            (client, _) -> {
              readRequest(client);
              client.write(ascii("HTTP/1.0 200 OK\r\n\r\nhello"));
            });
    assertThat(result.errors()).isEmpty();
    assertThat(result.reconnects()).isPositive();
    assertThat(result.answered() - result.reconnects()).isBetween(0L, (long) CONNECTIONS);
  }

  @Test
  void contentOfAnotherLengthIsWrong() throws IOException {
    HttpRequest request =
        new HttpRequest("GET", List.of(), "", 200, new ExpectedContent.OfLength(3));
    LoadResult result =
        load(
            1,
            request,
            (client, _) -> {
              for (int length = 2; ; length = 5 - length) {
                readRequest(client);
                client.write(
                    ascii(
                        "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s"
                            .formatted(length, "x".repeat(length))));
              }
            });
    assertThat(result.errors()).containsOnlyKeys(ErrorKind.WRONG_BYTES);
    assertThat(result.answered()).isBetween(result.errorCount() - CONNECTIONS, result.errorCount());
    assertThat(result.reconnects()).isZero();
  }

  @Test
  void contentThatIsNotTheEchoIsWrong() throws IOException {
    HttpRequest request =
        new HttpRequest("POST", List.of(), "hello", 200, new ExpectedContent.Echo());
    String[] replies = {
      "Content-Length: 5\r\n\r\nhello",
      "Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n",
      "Content-Length: 5\r\n\r\nhellO",
      "Content-Length: 6\r\n\r\nhello!",
      "Content-Length: 4\r\n\r\nhell",
      "Content-Length: 0\r\n\r\n"
    };
    LoadResult result =
        load(
            1,
            request,
            (client, _) -> {
              for (String reply : replies) {
                readRequest(client);
                client.read(5);
                client.write(ascii("HTTP/1.1 200 OK\r\n" + reply));
              }
              client.socket().getInputStream().readAllBytes();
            });
    assertThat(result.errors()).containsEntry(ErrorKind.WRONG_BYTES, 4L * CONNECTIONS);
    assertThat(result.answered()).isEqualTo(2 * CONNECTIONS);
  }

  @Test
  void whatIsNotHttpIsMalformed() throws IOException {
    LoadResult result =
        load(
            1,
            (client, _) -> {
              readRequest(client);
              client.write(ascii("220 mail ready\r\n"));
              client.socket().getInputStream().readAllBytes();
            });
    assertThat(result.errors()).containsOnlyKeys(ErrorKind.MALFORMED);
  }
}
