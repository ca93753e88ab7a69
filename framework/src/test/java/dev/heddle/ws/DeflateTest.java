package dev.heddle.ws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.http.ScriptedTransport;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Compression (RFC 7692), against a peer that uses zlib by the book.
class DeflateTest {
  private static final WebSocketHandler ECHO =
      socket -> {
        for (Message message; (message = socket.receive()) != null; ) {
          socket.send(message);
        }
      };

  private static WebSocketOptions options(boolean sendContext, boolean receiveContext) {
    return WebSocketOptions.builder()
        .compression(new CompressionOptions(0, sendContext, receiveContext))
        .build();
  }

  /// What a server says to an offer; null if it says nothing.
  private static String answer(WebSocketOptions options, String offer) {
    return HandshakeTest.answer("GET", options, "Sec-WebSocket-Extensions: " + offer)
        .headers()
        .get("Sec-WebSocket-Extensions");
  }

  private static String offering(String offer) {
    return Script.HANDSHAKE.replace("Host", "Sec-WebSocket-Extensions: " + offer + "\r\nHost");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "permessage-deflate | permessage-deflate; server_no_context_takeover;"
            + " client_no_context_takeover",
        "PerMessage-Deflate | permessage-deflate; server_no_context_takeover;"
            + " client_no_context_takeover",
        "permessage-deflate; client_max_window_bits | permessage-deflate;"
            + " server_no_context_takeover; client_no_context_takeover",
        "permessage-deflate; client_max_window_bits=8 | permessage-deflate;"
            + " server_no_context_takeover; client_no_context_takeover",
        "permessage-deflate; client_max_window_bits=\"10\" | permessage-deflate;"
            + " server_no_context_takeover; client_no_context_takeover",
        "permessage-deflate; server_max_window_bits=10 | permessage-deflate;"
            + " server_no_context_takeover; client_no_context_takeover; server_max_window_bits=10",
        "permessage-deflate; server_max_window_bits=8 | permessage-deflate;"
            + " server_no_context_takeover; client_no_context_takeover; server_max_window_bits=8",
        "permessage-deflate; server_max_window_bits=15 | permessage-deflate;"
            + " server_no_context_takeover; client_no_context_takeover; server_max_window_bits=15",
        "x-other, permessage-deflate | permessage-deflate; server_no_context_takeover;"
            + " client_no_context_takeover",
        "permessage-deflate; server_max_window_bits=16, permessage-deflate | permessage-deflate;"
            + " server_no_context_takeover; client_no_context_takeover",
        "permessage-deflate; server_max_window_bits | -",
        "permessage-deflate; server_max_window_bits=7 | -",
        "permessage-deflate; server_max_window_bits=08 | -",
        "permessage-deflate; client_max_window_bits=16 | -",
        "permessage-deflate; server_no_context_takeover=1 | -",
        "permessage-deflate; client_no_context_takeover=true | -",
        "permessage-deflate; server_no_context_takeover; server_no_context_takeover | -",
        "permessage-deflate; unknown | -",
        "x-webkit-deflate-frame | -",
      })
  void offersAreAnsweredAsTheRfcHasIt(String offer, String answer) {
    assertThat(answer(options(false, false), offer)).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "permessage-deflate | permessage-deflate",
        "permessage-deflate; server_no_context_takeover | permessage-deflate;"
            + " server_no_context_takeover",
        "permessage-deflate; client_no_context_takeover | permessage-deflate;"
            + " client_no_context_takeover",
        "permessage-deflate; server_max_window_bits=9 | permessage-deflate;"
            + " server_no_context_takeover; server_max_window_bits=9",
      })
  void contextsAreKeptIfBothSidesWantThat(String offer, String answer) {
    assertThat(answer(options(true, true), offer)).isEqualTo(answer);
  }

  /// RFC 7692, section 7.2.3.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "one block | c187 00000000 f248cdc9c90700",
        "two fragments | 4183 00000000 f248cd 8084 00000000 c9c90700",
        "a block without compression | c18b 00000000 000500faff48656c6c6f00",
        "a block with BFINAL | c188 00000000 f348cdc9c9070000",
        "two blocks | c18d 00000000 f2480500 0000ffff cac9c90700",
        "an empty fragment at the end | 4187 00000000 f248cdc9c90700 8080 00000000",
        "a Ping within | 4183 00000000 f248cd 8980 00000000 8084 00000000 c9c90700",
      })
  void theExamplesOfTheRfcAreRead(String name, String hex) {
    for (List<byte[]> pieces : Script.deliveries(Frame.hex(hex + "8882 00000000 03e8"))) {
      Script.Outcome outcome =
          Script.serve(options(false, false), offering("permessage-deflate"), pieces);
      assertThat(outcome.seen()).as(name).startsWith("text Hello").hasSize(2);
    }
  }

  @Test
  void aMessageMayReferToTheOneBeforeIfThatWasAgreedOn() {
    byte[] sent = Frame.hex("c187 00000000 f248cdc9c90700 c185 00000000 f200110000");
    Script.Outcome kept =
        Script.serve(options(true, true), offering("permessage-deflate"), List.of(sent));
    assertThat(kept.seen()).startsWith("text Hello", "text Hello");
    Script.Outcome none =
        Script.serve(options(false, false), offering("permessage-deflate"), List.of(sent));
    assertThat(none.seen()).containsExactly("text Hello", "failed 1007");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RSV1 of a continuation | 4183 00000000 f248cd c084 00000000 c9c90700 | 1002",
        "RSV1 of a Ping | c980 00000000 | 1002",
        "RSV2 | e187 00000000 f248cdc9c90700 | 1002",
        "no DEFLATE at all | c184 00000000 ffffffff | 1007",
        "a text that is not UTF-8 | c186 00000000 0001 00feffff | 1007",
      })
  void whatBreaksTheProtocolIsRefused(String name, String hex, String code) {
    for (List<byte[]> pieces : Script.deliveries(Frame.hex(hex + "8180 00000000"))) {
      Script.Outcome outcome =
          Script.serve(options(false, false), offering("permessage-deflate"), pieces);
      assertThat(outcome.seen()).as(name).containsExactly("failed " + code);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "permessage-deflate",
        "permessage-deflate; server_no_context_takeover",
        "permessage-deflate; client_no_context_takeover",
        "permessage-deflate; server_max_window_bits=8",
        "permessage-deflate; server_max_window_bits=9",
        "permessage-deflate; server_max_window_bits=12",
        "permessage-deflate; server_max_window_bits=15; client_max_window_bits=15"
      })
  void whatIsCompressedComesBackAsItWas(String offer) throws Exception {
    for (boolean context : new boolean[] {true, false}) {
      Random random = new Random(offer.length());
      Peer peer = new Peer(context && !offer.contains("client_no"));
      List<byte[]> messages = new ArrayList<>();
      ByteArrayOutputStream sent = new ByteArrayOutputStream();
      for (int length : new int[] {0, 1, 5, 125, 126, 300, 5000, 70_000, 400_000, 5, 5000}) {
        byte[] message = text(random, length);
        messages.add(message);
        sent.writeBytes(peer.compress(message).masked(random.nextInt()));
      }
      sent.writeBytes(Frame.close(1000).masked(1));
      ScriptedTransport wire =
          Script.run(options(context, context), offering(offer), List.of(sent.toByteArray()), ECHO);
      List<Frame> frames = Script.frames(wire);
      assertThat(frames).hasSize(messages.size() + 1);
      boolean keeps =
          context
              && !offer.contains("server_no")
              && !offer.contains("bits=8")
              && !offer.contains("bits=9")
              && !offer.contains("bits=12");
      for (int i = 0; i < messages.size(); i++) {
        assertThat(peer.decompress(frames.get(i), keeps)).isEqualTo(messages.get(i));
      }
      assertThat(frames.get(7).payload().length).isLessThan(70_000 / 2);
      assertThat(ZlibPool.lent()).isZero();
    }
  }

  /// A window of 2^bits bytes is enough: nothing refers further back.
  @ParameterizedTest
  @ValueSource(ints = {8, 9, 10, 14})
  void aSmallWindowIsEnoughForWhatIsSent(int bits) throws Exception {
    byte[] block = new byte[1 << bits];
    new Random(bits).nextBytes(block);
    byte[] twice = new byte[2 << bits];
    System.arraycopy(block, 0, twice, 0, block.length);
    System.arraycopy(block, 0, twice, block.length, block.length);
    byte[] deflated = new MessageDeflater(false, bits).deflate(twice, 0, twice.length, true);
    assertThat(deflated.length).isGreaterThan(twice.length);
    byte[] wide = new MessageDeflater(false, 15).deflate(twice, 0, twice.length, true);
    assertThat(wide.length).isLessThan(twice.length * 3 / 4);
    Frame frame = new Frame(Frame.FIN | Frame.RSV1 | Frame.BINARY, deflated);
    assertThat(new Peer(false).decompress(frame, false)).isEqualTo(twice);
  }

  @Test
  void messagesBelowTheSizeAndThoseThatDoNotShrinkAreSentAsTheyAre() {
    byte[] noise = new byte[5000];
    new Random(9).nextBytes(noise);
    WebSocketOptions options =
        WebSocketOptions.builder().compression(new CompressionOptions(100, true, true)).build();
    ScriptedTransport peer =
        Script.run(
            options,
            offering("permessage-deflate"),
            List.of(),
            socket -> {
              socket.send("a".repeat(99));
              socket.send("a".repeat(100));
              socket.send(noise);
            });
    assertThat(Script.frames(peer))
        .extracting(Frame::first)
        .startsWith(
            Frame.FIN | Frame.TEXT, Frame.FIN | Frame.RSV1 | Frame.TEXT, Frame.FIN | Frame.BINARY);
  }

  @Test
  void aPreparedMessageIsCompressedOnceAndDoesNotConfuseTheContext() throws Exception {
    PreparedMessage prepared = PreparedMessage.of("shared by all, ".repeat(50));
    List<byte[]> texts = new ArrayList<>();
    ScriptedTransport wire =
        Script.run(
            options(true, true),
            offering("permessage-deflate"),
            List.of(),
            socket -> {
              for (int i = 0; i < 5; i++) {
                String own = "one's own, and some shared by all, " + i + " ".repeat(400);
                socket.send(own);
                socket.send(prepared);
                texts.add(own.getBytes(UTF_8));
                texts.add(prepared.message().toString().getBytes(UTF_8));
              }
            });
    List<Frame> frames = Script.frames(wire);
    Peer peer = new Peer(true);
    for (int i = 0; i < texts.size(); i++) {
      assertThat(frames.get(i).first() & Frame.RSV1).isEqualTo(Frame.RSV1);
      assertThat(peer.decompress(frames.get(i), true)).isEqualTo(texts.get(i));
    }
    CompressionVariant variant = new CompressionVariant(15, 0);
    assertThat(prepared.frame(variant)).isSameAs(prepared.frame(variant));
  }

  @Test
  void aBombIsRefusedAsSoonAsItIsTooLarge() throws Exception {
    Frame bomb = new Peer(false).compress(new byte[200_000_000]);
    assertThat(bomb.payload().length).isLessThan(300_000);
    Script.Outcome outcome =
        Script.serve(
            options(false, false), offering("permessage-deflate"), List.of(bomb.masked(7)));
    assertThat(outcome.seen()).containsExactly("failed 1009");
    assertThat(outcome.sent().getFirst().code()).isEqualTo(1009);
    assertThat(ZlibPool.lent()).isZero();
  }

  @Test
  void aContextIsHeldUntilTheSocketClosesAndNoneIsHeldWithout() {
    byte[] sent = new Peer(false).compress("x".repeat(500).getBytes(UTF_8)).masked(1);
    List<Long> held = new ArrayList<>();
    WebSocketHandler handler =
        socket -> {
          held.add(socket.compressionMemory());
          socket.send(socket.receive());
          held.add(socket.compressionMemory());
        };
    Script.run(options(true, true), offering("permessage-deflate"), List.of(sent), handler);
    Script.run(options(false, false), offering("permessage-deflate"), List.of(sent), handler);
    assertThat(held)
        .containsExactly(0L, ZlibPool.DEFLATER_MEMORY + ZlibPool.INFLATER_MEMORY, 0L, 0L);
    assertThat(ZlibPool.lent()).isZero();
  }

  @Test
  void aMessageThatIsStreamedIsCompressedInFragments() throws Exception {
    for (boolean context : new boolean[] {true, false}) {
      byte[] text = text(new Random(3), 300_000);
      ScriptedTransport wire =
          Script.run(
              options(context, context),
              offering("permessage-deflate"),
              List.of(),
              socket -> {
                for (int i = 0; i < 2; i++) {
                  try (var out = socket.sendBinary()) {
                    out.write(text, 0, 100_000);
                    out.flush();
                    out.write(text, 100_000, 200_000);
                    out.flush();
                  }
                }
              });
      List<Frame> frames = Script.frames(wire);
      Peer peer = new Peer(true);
      for (int i = 0; i < 2; i++) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        Frame frame;
        boolean first = true;
        do {
          frame = frames.removeFirst();
          assertThat(frame.first() & 0x7f)
              .isEqualTo(first ? Frame.RSV1 | Frame.BINARY : Frame.CONTINUATION);
          payload.writeBytes(frame.payload());
          first = false;
        } while ((frame.first() & Frame.FIN) == 0);
        Frame whole = new Frame(Frame.FIN | Frame.RSV1 | Frame.BINARY, payload.toByteArray());
        assertThat(peer.decompress(whole, context)).isEqualTo(text);
      }
    }
  }

  private static byte[] text(Random random, int length) {
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      text[i] = (byte) ('a' + random.nextInt(4));
    }
    return text;
  }

  /// The other side: a deflater and an inflater, used as section 7.2 says.
  private static final class Peer {
    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final Inflater inflater = new Inflater(true);
    private final boolean keepsContext;

    private Peer(boolean keepsContext) {
      this.keepsContext = keepsContext;
    }

    private Frame compress(byte[] message) {
      deflater.setInput(message);
      byte[] buffer = new byte[message.length + 100];
      int count = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
      if (!keepsContext) {
        deflater.reset();
      }
      byte[] payload = count == 0 ? new byte[1] : Arrays.copyOf(buffer, count - 4);
      return new Frame(Frame.FIN | Frame.RSV1 | Frame.TEXT, payload);
    }

    private byte[] decompress(Frame frame, boolean keep) throws DataFormatException {
      if ((frame.first() & Frame.RSV1) == 0) {
        return frame.payload();
      }
      byte[] input = Arrays.copyOf(frame.payload(), frame.payload().length + 4);
      input[input.length - 1] = (byte) 0xff;
      input[input.length - 2] = (byte) 0xff;
      inflater.setInput(input);
      ByteArrayOutputStream message = new ByteArrayOutputStream();
      byte[] buffer = new byte[10_000];
      for (int count; (count = inflater.inflate(buffer)) > 0; ) {
        message.write(buffer, 0, count);
      }
      if (!keep) {
        inflater.reset();
      }
      return message.toByteArray();
    }
  }
}
