package dev.heddle.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What is wrong with a server has to be seen, by its kind, and nowhere in the rates.
class FaultsTest {
  private static final int LENGTH = 64;
  private static final Duration WINDOW = Duration.ofMillis(120);

  private static LoadPlan.Builder plan(TestServer server) {
    return LoadPlan.to(server.target("tcp")).payload(LENGTH).connections(2);
  }

  private static LoadResult load(TestServer server, LoadPlan plan) throws IOException {
    try (server;
        Generator generator = Generator.open(plan)) {
      return generator.run(WINDOW);
    }
  }

  private static LoadResult load(TestServer server) throws IOException {
    return load(server, plan(server).build());
  }

  @Test
  void correctEchoHasNoErrors() throws IOException {
    LoadResult result =
        load(
            TestServer.start(
                (client, _) -> {
                  while (true) {
                    client.write(client.read(LENGTH));
                  }
                }));
    assertThat(result.errors()).isEmpty();
    assertThat(result.starved()).isZero();
    assertThat(result.answered()).isPositive();
    assertThat(result.alive()).isEqualTo(2);
    assertThat(result.latency().getTotalCount()).isEqualTo(result.answered());
    assertThat(result.bytesSent()).isEqualTo(result.answered() * LENGTH);
    assertThat(result.bytesReceived()).isEqualTo(result.bytesSent());
  }

  @Test
  void aFlippedBitIsWrongBytes() throws IOException {
    LoadResult result =
        load(
            TestServer.start(
                (client, _) -> {
                  client.write(client.read(LENGTH));
                  byte[] second = client.read(LENGTH);
                  second[LENGTH - 1] ^= 1;
                  client.write(second);
                  client.read(1);
                }));
    assertThat(result.errors()).containsOnlyKeys(ErrorKind.WRONG_BYTES);
    assertThat(result.answered()).isEqualTo(result.errorCount());
  }

  @Test
  void theMessageBeforeOnceMoreIsWrongBytes() throws IOException {
    LoadResult result =
        load(
            TestServer.start(
                (client, _) -> {
                  byte[] first = client.read(LENGTH);
                  client.write(first);
                  client.read(LENGTH);
                  client.write(first);
                  client.read(1);
                }));
    assertThat(result.errors()).containsOnlyKeys(ErrorKind.WRONG_BYTES);
  }

  @Test
  void theMessageOfAnotherConnectionIsWrongBytes() throws IOException {
    Exchanger<byte[]> mailbox = new Exchanger<>();
    LoadResult result =
        load(
            TestServer.start(
                (client, _) -> {
                  client.write(mailbox.exchange(client.read(LENGTH), 50, TimeUnit.MILLISECONDS));
                  client.read(1);
                }));
    assertThat(result.errors()).containsKey(ErrorKind.WRONG_BYTES);
    assertThat(result.answered()).isZero();
  }

  @Test
  void anUnaskedReplyIsWrongBytes() throws IOException {
    LoadResult result =
        load(
            TestServer.start(
                (client, _) -> {
                  byte[] first = client.read(LENGTH);
                  client.write(first);
                  client.write(new byte[8 * LENGTH]);
                  client.socket().getInputStream().readAllBytes();
                }));
    assertThat(result.errors()).containsOnlyKeys(ErrorKind.WRONG_BYTES);
  }

  @Test
  void aCloseInTheMiddleIsAShortReply() throws IOException {
    LoadResult result =
        load(TestServer.start((client, _) -> client.write(client.read(LENGTH), 0, LENGTH / 2)));
    assertThat(result.errors()).containsOnlyKeys(ErrorKind.SHORT_REPLY);
    assertThat(result.answered()).isZero();
  }

  @Test
  void halfAReplyAndThenNothingIsAShortReply() throws IOException {
    TestServer server =
        TestServer.start(
            (client, _) -> {
              client.write(client.read(LENGTH), 0, LENGTH / 2);
              client.read(1);
            });
    LoadResult result = load(server, plan(server).timeout(Duration.ofMillis(100)).build());
    assertThat(result.errors()).containsOnlyKeys(ErrorKind.SHORT_REPLY);
  }

  @Test
  void aCloseBetweenRepliesIsCounted() throws IOException {
    LoadResult result = load(TestServer.start((client, _) -> client.write(client.read(LENGTH))));
    assertThat(result.errors()).containsKey(ErrorKind.CLOSED);
    // The next message may already have been under way when the server closed.
    assertThat(result.errors().keySet()).isSubsetOf(ErrorKind.CLOSED, ErrorKind.RESET);
  }

  @Test
  void aResetIsCounted() throws IOException {
    LoadResult result =
        load(
            TestServer.start(
                (client, _) -> {
                  client.read(LENGTH);
                  client.reset();
                }));
    assertThat(result.errors()).containsOnlyKeys(ErrorKind.RESET);
    assertThat(result.answered()).isZero();
  }

  @Test
  void aServerThatGoesAwayIsRefused() throws IOException {
    LoadResult result =
        load(
            TestServer.start(
                (client, server) -> {
                  client.read(LENGTH);
                  server.close();
                }));
    assertThat(result.errors()).containsKey(ErrorKind.REFUSED);
    assertThat(result.alive()).isZero();
  }

  @Test
  void nobodyThereFromTheStartIsAnException() throws IOException {
    TestServer server = TestServer.start((_, _) -> {});
    server.close();
    assertThatThrownBy(() -> Generator.open(plan(server).build()))
        .isInstanceOf(IOException.class)
        .hasMessage("cannot connect to " + server.target("tcp") + ": connect refused");
  }

  @Test
  void noReplyIsATimeout() throws IOException {
    TestServer server =
        TestServer.start((client, _) -> client.socket().getInputStream().readAllBytes());
    LoadResult result = load(server, plan(server).timeout(Duration.ofMillis(100)).build());
    assertThat(result.errors()).containsOnlyKeys(ErrorKind.TIMEOUT);
    assertThat(result.answered()).isZero();
  }

  @Test
  void aConnectionThatWaitsOverASecondIsStarved() throws IOException {
    AtomicInteger connections = new AtomicInteger();
    LoadResult result =
        load(
            TestServer.start(
                (client, _) -> {
                  boolean slow = connections.getAndIncrement() == 0;
                  while (true) {
                    byte[] message = client.read(LENGTH);
                    if (slow) {
                      Thread.sleep(1_050);
                    }
                    client.write(message);
                  }
                }));
    assertThat(result.starved()).isEqualTo(1);
    assertThat(result.drained()).isPositive();
    assertThat(result.errors()).isEmpty();
  }

  @Test
  void aConnectionThatStillWaitsAtTheEndIsStarvedToo() throws IOException {
    TestServer server =
        TestServer.start((client, _) -> client.socket().getInputStream().readAllBytes());
    LoadResult result = load(server, plan(server).timeout(Duration.ofMillis(1_050)).build());
    assertThat(result.starved()).isEqualTo(2);
    assertThat(result.errors()).containsExactly(entry(ErrorKind.TIMEOUT, 2L));
  }

  @Test
  void everyWrongStatusIsCountedAndNoneIsAMessage() throws IOException {
    byte[] reply =
        "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    TestServer server =
        TestServer.start(
            (client, _) -> {
              byte[] some = new byte[4096];
              while (client.socket().getInputStream().read(some) > 0) {
                client.write(reply);
              }
            });
    LoadResult result = load(server, LoadPlan.to(server.target("http")).connections(2).build());
    assertThat(result.errors()).containsOnlyKeys(ErrorKind.WRONG_STATUS);
    assertThat(result.errorCount()).isEqualTo(result.bytesReceived() / reply.length);
    assertThat(result.answered()).isZero();
    assertThat(result.latency().getTotalCount()).isZero();
    assertThat(result.alive()).isEqualTo(2);
  }
}
