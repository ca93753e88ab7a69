package dev.heddle.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.http.ScriptedTransport;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client sends comes back as it was, whatever its length and however it was cut.
class RoundTripTest {
  private static final WebSocketHandler ECHO =
      socket -> {
        for (Message message; (message = socket.receive()) != null; ) {
          socket.send(message);
        }
      };

  private static final WebSocketHandler STREAMED_ECHO =
      socket -> {
        for (MessageInput in; (in = socket.receiveStream()) != null; ) {
          if (in.isText()) {
            try (var out = socket.sendText()) {
              in.reader().transferTo(out);
            }
          } else {
            try (var out = socket.sendBinary()) {
              in.transferTo(out);
            }
          }
        }
      };

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 124, 125, 126, 127, 65_534, 65_535, 65_536, 65_537, 1_000_000})
  void boundaryLengths(int length) {
    Random random = new Random(length);
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    List<Frame> frames = List.of(Frame.binary(bytes), Frame.text("x".repeat(length)));
    byte[] sent = masked(frames, random);
    for (int piece : new int[] {sent.length, 16_384, 1000, Math.max(1, sent.length - 1)}) {
      assertThat(echo(ECHO, cut(sent, piece))).isEqualTo(frames);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void randomMessagesInRandomFragmentsAndPieces(long seed) {
    Random random = new Random(seed);
    List<Frame> messages = new ArrayList<>();
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Frame message = message(random);
      messages.add(message);
      frames.addAll(fragments(message, random));
    }
    byte[] sent = masked(frames, random);
    List<byte[]> pieces = new ArrayList<>();
    for (int at = 0; at < sent.length; ) {
      int end = Math.min(sent.length, at + 1 + random.nextInt(random.nextBoolean() ? 10 : 5000));
      pieces.add(Arrays.copyOfRange(sent, at, end));
      at = end;
    }
    assertThat(echo(ECHO, pieces)).as("seed " + seed).isEqualTo(messages);
    assertThat(whole(echo(STREAMED_ECHO, pieces))).as("seed " + seed).isEqualTo(messages);
  }

  @Test
  void framesMayComeTogetherWithTheHandshake() {
    byte[] sent = masked(List.of(Frame.text("at once")), new Random(2));
    ScriptedTransport peer = new ScriptedTransport();
    peer.send(Script.HANDSHAKE + new String(sent, StandardCharsets.ISO_8859_1));
    Script.serve(peer, WebSocketOptions.DEFAULT, ECHO);
    assertThat(Script.frames(peer)).containsExactly(Frame.text("at once"), Frame.close(1000));
  }

  @Test
  void whatIsKeptBackLeavesWithAFlush() {
    byte[] sent = masked(List.of(Frame.text("a"), Frame.text("b")), new Random(1));
    ScriptedTransport peer = new ScriptedTransport().send(Script.HANDSHAKE).send(sent);
    List<Integer> writes = new ArrayList<>();
    Script.serve(
        peer,
        WebSocketOptions.DEFAULT,
        socket -> {
          socket.send(String.valueOf(socket.receive()));
          writes.add(peer.writes());
          socket.flush();
          writes.add(peer.writes());
        });
    assertThat(writes).containsExactly(1, 2);
  }

  @Test
  void answersToFramesThatCameTogetherLeaveInOneWrite() {
    byte[] sent = masked(List.of(Frame.text("a"), Frame.text("b"), Frame.text("c")), new Random(1));
    ScriptedTransport peer = new ScriptedTransport();
    List<Integer> writes = new ArrayList<>();
    peer.send(Script.HANDSHAKE).then(() -> writes.add(peer.writes()));
    peer.send(sent).then(() -> writes.add(peer.writes()));
    Script.serve(peer, WebSocketOptions.DEFAULT, ECHO);
    assertThat(writes).containsExactly(1, 2);
    assertThat(Script.frames(peer)).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void aMessageThatIsPreparedIsSentAsOthersAre() {
    ScriptedTransport peer =
        Script.run(
            WebSocketOptions.DEFAULT,
            Script.HANDSHAKE,
            List.of(),
            socket -> {
              socket.sendAll(List.of(PreparedMessage.of("a"), PreparedMessage.of("b".repeat(200))));
              socket.send(PreparedMessage.of(Message.binary(new byte[70_000])));
            });
    assertThat(Script.frames(peer))
        .startsWith(Frame.text("a"), Frame.text("b".repeat(200)), Frame.binary(new byte[70_000]));
  }

  private static Frame message(Random random) {
    byte[] bytes = new byte[random.nextInt(random.nextInt(5) == 0 ? 70_000 : 300)];
    random.nextBytes(bytes);
    if (random.nextBoolean()) {
      return Frame.binary(bytes);
    }
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      text.append(b < 0 ? "\ud83d\ude00" : b < 64 ? "é" : "e");
    }
    return Frame.text(text.toString());
  }

  /// The same message cut anywhere, with Pongs in between.
  private static List<Frame> fragments(Frame message, Random random) {
    List<Frame> frames = new ArrayList<>();
    int count = random.nextInt(4);
    int from = 0;
    for (int i = 0; i < count; i++) {
      int to = from + random.nextInt(message.payload().length - from + 1);
      int opcode = i == 0 ? message.opcode() : Frame.CONTINUATION;
      frames.add(new Frame(opcode, Arrays.copyOfRange(message.payload(), from, to)));
      frames.add(new Frame(Frame.FIN | Frame.PONG, new byte[random.nextInt(3)]));
      from = to;
    }
    byte[] rest = Arrays.copyOfRange(message.payload(), from, message.payload().length);
    frames.add(new Frame(Frame.FIN | (count == 0 ? message.opcode() : Frame.CONTINUATION), rest));
    return frames;
  }

  /// Fragments put together.
  private static List<Frame> whole(List<Frame> frames) {
    List<Frame> messages = new ArrayList<>();
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    int opcode = 0;
    for (Frame frame : frames) {
      opcode = frame.opcode() == Frame.CONTINUATION ? opcode : frame.opcode();
      payload.writeBytes(frame.payload());
      if ((frame.first() & Frame.FIN) != 0) {
        messages.add(new Frame(Frame.FIN | opcode, payload.toByteArray()));
        payload.reset();
      }
    }
    return messages;
  }

  private static byte[] masked(List<Frame> frames, Random random) {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    frames.forEach(frame -> sent.writeBytes(frame.masked(random.nextInt())));
    sent.writeBytes(Frame.close(1000).masked(random.nextInt()));
    return sent.toByteArray();
  }

  private static List<byte[]> cut(byte[] bytes, int length) {
    List<byte[]> pieces = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += length) {
      pieces.add(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + length)));
    }
    return pieces;
  }

  /// What comes back before the Close frame.
  private static List<Frame> echo(WebSocketHandler handler, List<byte[]> pieces) {
    ScriptedTransport peer =
        Script.run(WebSocketOptions.DEFAULT, Script.HANDSHAKE, pieces, handler);
    List<Frame> frames = Script.frames(peer);
    assertThat(frames.getLast()).isEqualTo(Frame.close(1000));
    return frames.subList(0, frames.size() - 1);
  }
}
