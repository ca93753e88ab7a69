package dev.heddle.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// WebSocket against servers that answer in unusual, but right, ways, and against wrong ones.
class WsTest {
  private static final Duration WINDOW = Duration.ofMillis(150);
  private static final int PAYLOAD = 20;
  private static final int TEXT = WsFrames.FIN | WsFrames.TEXT;
  private static final int CLOSE = WsFrames.FIN | WsFrames.CLOSE;

  private interface Script {
    void play(TestServer.Client client, int connection) throws Exception;
  }

  static String readHead(TestServer.Client client) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    do {
      head.write(client.read(1));
    } while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n"));
    return head.toString(StandardCharsets.US_ASCII);
  }

  static String answer(String head) {
    String key = head.replaceAll("(?s).*Sec-WebSocket-Key: ([^\r]*)\r\n.*", "$1");
    return """
    HTTP/1.1 101 Switching Protocols\r
    upgrade: WebSocket\r
    connection: keep-alive, upgrade\r
    sec-websocket-accept: %s\r
    \r
    """
        .formatted(new WebSocketKey(key).accept());
  }

  /// Reads one short masked frame and returns its opcode and its unmasked payload.
  static byte[] readFrame(TestServer.Client client) throws IOException {
    byte[] header = client.read(6);
    assertThat(header[1]).as("masked").isNegative();
    byte[] payload = client.read(header[1] & 0x7f);
    byte[] frame = new byte[1 + payload.length];
    frame[0] = (byte) (header[0] & 0x0f);
    for (int i = 0; i < payload.length; i++) {
      frame[1 + i] = (byte) (payload[i] ^ header[2 + i % 4]);
    }
    return frame;
  }

  private static byte[] readText(TestServer.Client client) throws IOException {
    byte[] frame = readFrame(client);
    assertThat(frame[0]).isEqualTo((byte) WsFrames.TEXT);
    return Arrays.copyOfRange(frame, 1, frame.length);
  }

  static byte[] frame(int first, byte[] payload, int from, int to) {
    return ByteBuffer.allocate(2 + to - from)
        .put((byte) first)
        .put((byte) (to - from))
        .put(payload, from, to - from)
        .array();
  }

  static byte[] frame(int first, byte... payload) {
    return frame(first, payload, 0, payload.length);
  }

  private static LoadResult load(int pipeline, Script script) throws IOException {
    AtomicInteger connections = new AtomicInteger();
    try (TestServer server =
            TestServer.start(
                (client, _) -> {
                  client.write(answer(readHead(client)).getBytes(StandardCharsets.US_ASCII));
                  script.play(client, connections.incrementAndGet());
                });
        Generator generator =
            Generator.open(
                LoadPlan.to(server.target("ws"))
                    .connections(2)
                    .payload(PAYLOAD)
                    .pipeline(pipeline)
                    .build())) {
      return generator.run(WINDOW);
    }
  }

  private static void assertOpeningFails(String message, TestServer.Script script)
      throws IOException {
    try (TestServer server = TestServer.start(script)) {
      assertThatThrownBy(() -> Generator.open(LoadPlan.to(server.target("ws")).build()).close())
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("cannot connect to ws://127.0.0.1:")
          .hasMessageEndingWith(": " + message);
    }
  }

  @Test
  void computesTheKeyOfTheStandardsExample() {
    assertThat(new WebSocketKey("dGhlIHNhbXBsZSBub25jZQ==").accept())
        .isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  }

  @Test
  void textsThatComeInOddPiecesAreEachCounted() throws IOException {
    LoadResult result =
        load(
            4,
            (client, _) -> {
              for (int split = 0; ; split = (split + 1) % (2 + PAYLOAD)) {
                byte[] reply = frame(TEXT, readText(client));
                client.write(reply, 0, split);
                client.write(reply, split, reply.length - split);
              }
            });
    assertThat(result.errors()).isEmpty();
    assertThat(result.answered()).isGreaterThan(100);
    assertThat(result.bytesReceived()).isEqualTo(result.answered() * (2 + PAYLOAD));
  }

  @Test
  void textsInFragmentsWithPingsBetweenAreEachCountedAndThePingsAnswered() throws IOException {
    AtomicInteger pongs = new AtomicInteger();
    LoadResult result =
        load(
            1,
            (client, _) -> {
              for (int split = 0; ; split = (split + 1) % PAYLOAD) {
                byte[] text = readText(client);
                client.write(frame(WsFrames.TEXT, text, 0, split));
                client.write(frame(WsFrames.FIN | WsFrames.PING, (byte) 7, (byte) split));
                client.write(frame(WsFrames.CONTINUATION, text, split, split));
                assertThat(readFrame(client)).containsExactly(WsFrames.PONG, 7, split);
                pongs.incrementAndGet();
                client.write(frame(WsFrames.FIN, text, split, PAYLOAD));
              }
            });
    assertThat(result.errors()).isEmpty();
    assertThat(result.answered()).isPositive();
    assertThat(pongs.get()).isGreaterThanOrEqualTo((int) result.answered());
  }

  /// Of pings that come together only the last is answered, as RFC 6455, section 5.5.3, has it.
  @Test
  void pingsAreAnsweredBetweenTheMessagesThatAreUnderWay() throws IOException {
    AtomicInteger pongs = new AtomicInteger();
    LoadResult result =
        load(
            8,
            (client, _) -> {
              int pings = 0;
              int answered = 0;
              while (true) {
                byte[] frame = readFrame(client);
                if (frame[0] == WsFrames.PONG) {
                  int number = ByteBuffer.wrap(frame).getInt(1);
                  assertThat(number).isGreaterThan(answered);
                  answered = number;
                  pongs.incrementAndGet();
                } else {
                  byte[] number = ByteBuffer.allocate(4).putInt(++pings).array();
                  client.write(frame(WsFrames.FIN | WsFrames.PING, number));
                  client.write(frame(TEXT, frame, 1, frame.length));
                }
              }
            });
    assertThat(result.errors()).isEmpty();
    assertThat(result.answered()).isGreaterThan(100);
    assertThat(pongs).hasPositiveValue();
  }

  @Test
  void aSocketThatTheServerClosesInOrderIsOpenedAgainAndLosesNothing() throws IOException {
    LoadResult result =
        load(
            3,
            (client, _) -> {
              client.write(frame(TEXT, readText(client)));
              client.write(frame(CLOSE, (byte) (1001 >> 8), (byte) (1001 & 0xff)));
              byte[] frame;
              do {
                frame = readFrame(client);
              } while (frame[0] != WsFrames.CLOSE);
              assertThat(frame).hasSize(3);
            });
    assertThat(result.errors()).isEmpty();
    assertThat(result.reconnects()).isPositive();
    assertThat(result.answered() - result.reconnects()).isBetween(0L, 2L);
  }

  @Test
  void aSocketThatIsClosedForAFaultIsAnError() throws IOException {
    LoadResult result =
        load(
            1,
            (client, _) -> {
              readText(client);
              client.write(frame(CLOSE, (byte) (1011 >> 8), (byte) (1011 & 0xff)));
              client.socket().getInputStream().readAllBytes();
            });
    assertThat(result.errors()).containsOnlyKeys(ErrorKind.CLOSED_WITH_ERROR);
    assertThat(result.answered()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 2 + PAYLOAD - 1})
  void aFlippedBitIsWrongBytes(int place) throws IOException {
    LoadResult result =
        load(
            1,
            (client, _) -> {
              byte[] reply = frame(TEXT, readText(client));
              reply[place] ^= 1;
              client.write(reply);
              client.socket().getInputStream().readAllBytes();
            });
    assertThat(result.errors()).containsOnlyKeys(ErrorKind.WRONG_BYTES);
  }

  @Test
  void aFragmentOfAnotherTextIsWrongBytes() throws IOException {
    LoadResult result =
        load(
            1,
            (client, _) -> {
              byte[] text = readText(client);
              client.write(frame(WsFrames.TEXT, text, 0, 5));
              client.write(frame(WsFrames.FIN, text, 0, PAYLOAD - 5));
              client.socket().getInputStream().readAllBytes();
            });
    assertThat(result.errors()).containsOnlyKeys(ErrorKind.WRONG_BYTES);
  }

  @Test
  void aTextThatNobodyAskedForIsWrongBytes() throws IOException {
    LoadResult result =
        load(
            1,
            (client, _) -> {
              byte[] reply = frame(TEXT, readText(client));
              client.write(reply);
              client.write(reply);
              client.socket().getInputStream().readAllBytes();
            });
    assertThat(result.errors()).containsOnlyKeys(ErrorKind.WRONG_BYTES);
  }

  /// Each is the beginning of a frame that no server may send (RFC 6455, sections 5.1 to 5.5).
  @ParameterizedTest
  @ValueSource(strings = {"c1 00", "01 80", "80 00", "89 7e 00 7e", "09 00", "83 00", "8b 00"})
  void whatBreaksTheFramesGrammarIsMalformed(String hex) throws IOException {
    LoadResult result =
        load(
            1,
            (client, _) -> {
              readText(client);
              client.write(HexFormat.ofDelimiter(" ").parseHex(hex));
              client.socket().getInputStream().readAllBytes();
            });
    assertThat(result.errors()).containsOnlyKeys(ErrorKind.MALFORMED);
  }

  @Test
  void aWrongKeyAStatusAndWhatIsNoHttpAreToldApart() throws IOException {
    assertOpeningFails(
        "wrong handshake",
        (client, _) -> {
          readHead(client);
          client.write(answer("Sec-WebSocket-Key: x\r\n").getBytes(StandardCharsets.US_ASCII));
        });
    assertOpeningFails(
        "wrong status",
        (client, _) -> {
          readHead(client);
          client.write("HTTP/1.1 404 Not Found\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        });
    assertOpeningFails(
        "malformed reply",
        (client, _) -> {
          readHead(client);
          client.write("220 mail ready\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        });
  }

  @Test
  void sendsTheHeadersThatAreGivenWithTheHandshake() throws IOException {
    AtomicInteger seen = new AtomicInteger();
    try (TestServer server =
        TestServer.start(
            (client, _) -> {
              String head = readHead(client);
              if (head.contains("\r\nOrigin: http://a\r\n")) {
                seen.incrementAndGet();
              }
              client.write(answer(head).getBytes(StandardCharsets.US_ASCII));
              client.read(1);
            })) {
      LoadPlan plan =
          LoadPlan.to(server.target("ws"))
              .connections(3)
              .request(new HttpRequest("GET", List.of("Origin: http://a"), "", 200))
              .build();
      Generator.open(plan).close();
    }
    assertThat(seen).hasValue(3);
  }
}
