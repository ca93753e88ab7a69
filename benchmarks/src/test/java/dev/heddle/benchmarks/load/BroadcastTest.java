package dev.heddle.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.benchmarks.CommandRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A broadcast's figures against rooms that do right, and rooms that lose something.
class BroadcastTest {
  private static final int TEXT = WsFrames.FIN | WsFrames.TEXT;
  private static final int MEMBERS = 6;

  /// What a room does with the `number`th message for one of its members, who got in as `member`th.
  private interface Delivery {
    void deliver(TestServer.Client client, int member, int number, byte[] frame) throws Exception;
  }

  private static TestServer room(Delivery delivery) throws IOException {
    List<TestServer.Client> clients = new CopyOnWriteArrayList<>();
    AtomicInteger numbers = new AtomicInteger();
    return TestServer.start(
        (client, _) -> {
          byte[] answer =
              WsTest.answer(WsTest.readHead(client)).getBytes(StandardCharsets.US_ASCII);
          clients.add(client); // before it knows that it is in
          client.write(answer);
          while (true) {
            byte[] said = WsTest.readFrame(client);
            if (said[0] == WsFrames.TEXT) {
              int number = numbers.getAndIncrement();
              byte[] frame = WsTest.frame(TEXT, said, 1, said.length);
              for (int member = 0; member < clients.size(); member++) {
                delivery.deliver(clients.get(member), member, number, frame);
              }
            }
          }
        });
  }

  private static BroadcastPlan plan(TestServer server) {
    return plan(server, Duration.ofMillis(300));
  }

  private static BroadcastPlan plan(TestServer server, Duration timeout) {
    return new BroadcastPlan(server.target("ws"), MEMBERS, "", "say {text}.", List.of(), timeout);
  }

  private static BroadcastResult run(Delivery delivery) throws IOException {
    try (TestServer server = room(delivery);
        Broadcast broadcast = Broadcast.open(plan(server))) {
      return broadcast.run(100, Duration.ofMillis(100), null);
    }
  }

  @Test
  void everyMemberGetsEveryMessageWhateverElseTheRoomSays() throws IOException {
    BroadcastResult result =
        run(
            (client, _, _, frame) -> {
              client.write(WsTest.frame(TEXT, "{\"here\":6}".getBytes(StandardCharsets.US_ASCII)));
              client.write(WsTest.frame(WsFrames.FIN | WsFrames.PING));
              client.write(frame, 0, 7);
              client.write(frame, 7, frame.length - 7);
            });
    assertThat(result.sound()).isTrue();
    assertThat(result.sent()).isEqualTo(10);
    assertThat(result.delivered()).isEqualTo(10 * MEMBERS);
    assertThat(result.latency().getTotalCount()).isEqualTo(10 * MEMBERS);
  }

  @Test
  void whatOneMemberDoesNotGetIsMissing() throws IOException {
    BroadcastResult result =
        run(
            (client, member, number, frame) -> {
              if (member != 1 || number % 2 == 0) {
                client.write(frame);
              }
            });
    assertThat(result.sound()).isFalse();
    assertThat(result.missing()).isEqualTo(5);
    assertThat(result.delivered()).isEqualTo(10 * MEMBERS - 5);
  }

  @Test
  void whatComesTwiceIsCountedApart() throws IOException {
    BroadcastResult result =
        run(
            (client, _, number, frame) -> {
              client.write(frame);
              if (number == 0) {
                client.write(frame);
              }
            });
    assertThat(result.sound()).isFalse();
    assertThat(result.repeated()).isEqualTo(MEMBERS);
    assertThat(result.missing()).isZero();
  }

  @Test
  void aMemberThatTheRoomLosesIsAnError() throws IOException {
    BroadcastResult result =
        run(
            (client, member, number, frame) -> {
              if (member == 2 && number == 3) {
                client.socket().close();
              } else if (!client.socket().isClosed()) {
                client.write(frame);
              }
            });
    assertThat(result.errors().values()).containsExactly(1L);
    assertThat(result.missing()).isEqualTo(result.sent() - 3);
  }

  @Test
  void aRoomThatStallsIsChargedFromTheIntendedTime() throws IOException {
    BroadcastResult result =
        run(
            (client, member, number, frame) -> {
              if (number == 0 && member == 0) {
                TimeUnit.MILLISECONDS.sleep(60);
              }
              client.write(frame);
            });
    assertThat(result.sound()).isTrue();
    // The message that was due right after the first waited nearly as long.
    assertThat(result.latency().getCountBetweenValues(40_000_000, Long.MAX_VALUE))
        .isGreaterThanOrEqualTo(2L * MEMBERS);
  }

  @Test
  @Timeout(60)
  void aMemberThatIsLetInLateHoldsUpNoWarmUp() throws IOException {
    Delivery late =
        (client, member, number, frame) -> {
          if (member != 1 || number > 0) {
            client.write(frame);
          }
        };
    try (TestServer server = room(late);
        Broadcast broadcast = Broadcast.open(plan(server, Duration.ofHours(1)))) {
      broadcast.warmUp(100, Duration.ofMillis(30));
      assertThat(broadcast.run(100, Duration.ofMillis(100), null).sound()).isTrue();
    }
  }

  @Test
  void eachSaysWhatIsAskedForWhenItIsConnected() throws IOException {
    List<String> joins = new CopyOnWriteArrayList<>();
    try (TestServer server =
        TestServer.start(
            (client, _) -> {
              client.write(
                  WsTest.answer(WsTest.readHead(client)).getBytes(StandardCharsets.US_ASCII));
              byte[] frame = WsTest.readFrame(client);
              joins.add(new String(frame, 1, frame.length - 1, StandardCharsets.US_ASCII));
              client.write(WsTest.frame(TEXT, Arrays.copyOf(frame, 1)));
              client.read(1);
            })) {
      BroadcastPlan plan =
          new BroadcastPlan(
              server.target("ws"), 2, "hello", "{text}", List.of(), Duration.ofMillis(100));
      try (Broadcast broadcast = Broadcast.open(plan)) {
        broadcast.run(100, Duration.ofMillis(10), null);
      }
    }
    assertThat(joins).containsExactly("hello", "hello", "hello");
  }

  @Test
  void aRoomThatIsNotThereIsSaidSo() throws IOException {
    try (Socket silent = new Socket()) {
      silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      Target nowhere = Target.parse("ws://127.0.0.1:" + silent.getLocalPort());
      BroadcastPlan plan =
          new BroadcastPlan(nowhere, MEMBERS, "", "say {text}.", List.of(), Duration.ofMillis(300));
      assertThatThrownBy(() -> Broadcast.open(plan).close())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot fill the room at ws://127.0.0.1:")
          .hasMessageContaining("connect refused");
    }
  }

  private static String output(String further) throws IOException {
    try (TestServer server = room((client, _, _, frame) -> client.write(frame))) {
      String arguments =
          "load broadcast %s --members=3 --rate=50 --duration=100ms --warmup=50ms %s"
              .formatted(server.target("ws"), further);
      CommandRun run = CommandRun.of(arguments.split(" "));
      assertThat(run.exitCode()).isZero();
      return run.out();
    }
  }

  @Test
  void theCommandPrintsAResultOrJson() throws IOException {
    assertThat(output("--pid=" + ProcessHandle.current().pid()))
        .contains("5 of 5 messages to each: 15", "us CPU a delivery");
    assertThat(output("--timeout=1s").lines()).allMatch(text -> text.length() <= 80);
    JsonNode json = new ObjectMapper().readTree(output("--json"));
    assertThat(json.path("delivered").asInt()).isEqualTo(15);
    assertThat(json.path("missing").asInt()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          broadcast http://h:1/             | broadcast: a room has a ws:// URL, not http://h:1/
          broadcast ws://h:1/ --message=hi  | broadcast: the message needs a {text} in it
          broadcast ws://h:1/ --members=0   | broadcast: members must be from 1 to 100000, not 0
          broadcast ws://h:1/ --rate=0      | broadcast: rate must be above 0
          broadcast ws://h:1/ --header=x    | broadcast: not a header of the form 'Name: value': x
          broadcast                         | broadcast: Missing required parameter: 'URL'
          """)
  void theCommandSaysWhatIsWrongWithItsOptions(String arguments, String message) {
    assertThat(CommandRun.of(("load " + arguments).split(" ")))
        .isEqualTo(new CommandRun(2, "", message + " (see --help)\n"));
  }
}
