package dev.heddle.ws;

import dev.heddle.http.Http1;
import dev.heddle.http.ScriptedTransport;
import dev.heddle.http.TestScope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// A client that sends what a test says, cut as the test says, to a socket on the test's thread;
/// and what both sides have seen.
final class Script {
  static final String HANDSHAKE =
      """
      GET /chat?room=1 HTTP/1.1
      Host: server.example.com
      Upgrade: websocket
      Connection: Upgrade
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
      Sec-WebSocket-Version: 13

      """
          .replace("\n", "\r\n");

  private Script() {}

  /// What the handler saw, and the frames that the client got.
  record Outcome(List<String> seen, List<Frame> sent) {}

  /// Serves a client with a handler that writes down what it receives.
  static Outcome serve(WebSocketOptions options, String handshake, List<byte[]> pieces) {
    List<String> seen = new ArrayList<>();
    ScriptedTransport peer = run(options, handshake, pieces, socket -> record(socket, seen));
    return new Outcome(seen, frames(peer));
  }

  static ScriptedTransport run(
      WebSocketOptions options, String handshake, List<byte[]> pieces, WebSocketHandler handler) {
    ScriptedTransport peer = new ScriptedTransport().send(handshake);
    pieces.forEach(peer::send);
    serve(peer, options, handler);
    return peer;
  }

  static void serve(ScriptedTransport peer, WebSocketOptions options, WebSocketHandler handler) {
    new TestScope(Http1.of(WebSockets.of(handler, options))).run(peer);
  }

  private static void record(WebSocket socket, List<String> seen) throws IOException {
    try {
      for (Message message; (message = socket.receive()) != null; ) {
        seen.add(describe(message));
      }
      seen.add("closed " + socket.closeStatus());
    } catch (WebSocketException e) {
      seen.add("failed " + e.code());
      throw e;
    } catch (IOException e) {
      seen.add("gone");
      throw e;
    }
  }

  static String describe(Message message) {
    return switch (message) {
      case Message.Text text -> "text " + text.text();
      case Message.Binary binary -> "binary " + HexFormat.of().formatHex(binary.bytes());
    };
  }

  /// The frames behind the handshake's answer.
  static List<Frame> frames(ScriptedTransport peer) {
    return frames(peer.written());
  }

  /// As above, of what a server has written, in ISO-8859-1.
  static List<Frame> frames(String written) {
    String frames = written.substring(written.indexOf("\r\n\r\n") + 4);
    return Frame.parse(frames.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// The ways in which bytes may come: at once, one by one, and cut in two everywhere.
  static List<List<byte[]>> deliveries(byte[] bytes) {
    List<List<byte[]>> all = new ArrayList<>();
    all.add(List.of(bytes));
    List<byte[]> singly = new ArrayList<>();
    for (byte b : bytes) {
      singly.add(new byte[] {b});
    }
    all.add(singly);
    int step = bytes.length > 600 ? bytes.length / 97 : 1;
    for (int i = 1; i < bytes.length; i += step) {
      all.add(List.of(Arrays.copyOf(bytes, i), Arrays.copyOfRange(bytes, i, bytes.length)));
    }
    return all;
  }
}
