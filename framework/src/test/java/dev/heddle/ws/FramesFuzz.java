package dev.heddle.ws;

import dev.heddle.http.ScriptedTransport;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Any bytes behind the handshake are messages, or are answered with a close code, or end the
/// socket; the same however they come; and never with more memory than they deserve.
public final class FramesFuzz {
  static final int MOST = 10_000;

  static final WebSocketOptions OPTIONS =
      WebSocketOptions.builder()
          .maxMessage(MOST)
          .compression(new CompressionOptions(0, true, true))
          .build();

  static final String WITH_DEFLATE =
      Script.HANDSHAKE.replace(
          "\r\n\r\n", "\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n");

  /// What a peer is told that broke something.
  private static final Set<Integer> FAULTS = Set.of(1002, 1007, 1009);

  /// The shortest frame of a client: two bytes, and the masking key.
  private static final int SHORTEST_FRAME = 6;

  private FramesFuzz() {}

  /// Called by the fuzzer with what it made up.
  public static void fuzzerTestOneInput(byte[] input) {
    for (String handshake : List.of(Script.HANDSHAKE, WITH_DEFLATE)) {
      check(handshake, input);
    }
  }

  static void check(String handshake, byte[] input) {
    List<String> whole = serve(new ScriptedTransport().send(handshake).send(input), input.length);
    List<String> each =
        serve(new ScriptedTransport().send(handshake).sendEach(input), input.length);
    check(whole.equals(each), "what is received depends on how the bytes come");
    ScriptedTransport peer = new ScriptedTransport().send(handshake).send(input);
    Script.serve(peer, OPTIONS, FramesFuzz::readStreams);
    checkSent(peer, input.length);
  }

  /// @return what the handler saw
  private static List<String> serve(ScriptedTransport peer, int length) {
    List<String> seen = new ArrayList<>();
    Script.serve(peer, OPTIONS, socket -> receive(socket, seen));
    checkSent(peer, length);
    return seen;
  }

  private static void receive(WebSocket socket, List<String> seen) throws IOException {
    try {
      for (Message message; (message = socket.receive()) != null; ) {
        check(message.length() <= MOST, "more than the limit");
        seen.add(message.getClass() + " " + message.hashCode());
        if (message instanceof Message.Text text) {
          byte[] again = text.text().getBytes(StandardCharsets.UTF_8);
          check(Arrays.equals(again, text.utf8()), "text that is not UTF-8");
        }
      }
      seen.add("closed " + socket.closeStatus());
    } catch (WebSocketException e) {
      check(FAULTS.contains(e.code().value()), "a fault of ours");
      seen.add("failed " + e.code());
      throw e;
    } catch (EOFException e) {
      seen.add("gone");
      throw e;
    }
  }

  /// Reads some messages to their end, leaves others.
  private static void readStreams(WebSocket socket) throws IOException {
    byte[] some = new byte[50];
    for (MessageInput message; (message = socket.receiveStream()) != null; ) {
      int count = message.read(some);
      while (count >= 0 && some[0] != 'x') {
        count = message.read(some);
      }
    }
  }

  /// Pongs, and at most one Close frame, which is the last.
  private static void checkSent(ScriptedTransport peer, int received) {
    check(peer.hasOutputEnded(), "the connection has not ended");
    List<Frame> sent = Script.frames(peer);
    check(sent.size() <= 1 + received / SHORTEST_FRAME, "more frames than were asked for");
    for (int i = 0; i < sent.size(); i++) {
      int opcode = sent.get(i).opcode();
      boolean last = i == sent.size() - 1;
      check(opcode == Frame.PONG || (last && opcode == Frame.CLOSE), "an unexpected frame");
      check(opcode != Frame.CLOSE || sent.get(i).code() != 1011, "a fault of ours");
    }
  }

  static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
