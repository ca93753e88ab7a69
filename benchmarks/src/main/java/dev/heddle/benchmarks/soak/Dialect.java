package dev.heddle.benchmarks.soak;

import dev.heddle.benchmarks.load.Target;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// What a peer says in one protocol, and what it has to hear.
sealed interface Dialect {
  /// What comes before the first message; empty where there is nothing.
  byte[] greeting();

  /// One whole message, another one each time.
  byte[] message(RandomGenerator random);

  /// Reads the answer to the greeting.
  void readWelcome(InputStream in) throws IOException;

  /// Reads the reply to a message.
  ///
  /// @throws WrongReplyException when it is another than it has to be
  void readReply(InputStream in, byte[] message) throws IOException;

  /// A server said something else than it should.
  final class WrongReplyException extends IOException {
    @Serial private static final long serialVersionUID = 1;

    WrongReplyException(String message) {
      super(message);
    }
  }

  static Dialect of(Target target) {
    return switch (target.scheme()) {
      case TCP -> new Echo();
      case HTTP -> new Http(target);
      case WS -> new Ws(target);
    };
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new WrongReplyException("the connection ended within a reply's head");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static void expect(boolean condition, String message) throws IOException {
    if (!condition) {
      throw new WrongReplyException(message);
    }
  }

  /// TCP echo.
  record Echo() implements Dialect {
    private static final int LONGEST = 2_000;

    @Override
    public byte[] greeting() {
      return new byte[0];
    }

    @Override
    public byte[] message(RandomGenerator random) {
      byte[] message = new byte[1 + random.nextInt(LONGEST)];
      random.nextBytes(message);
      return message;
    }

    @Override
    public void readWelcome(InputStream in) {}

    @Override
    public void readReply(InputStream in, byte[] message) throws IOException {
      expect(Arrays.equals(in.readNBytes(message.length), message), "not what was sent");
    }
  }

  /// HTTP/1.1: `GET`, answered by 200 and a content of a length that is told.
  record Http(Target target) implements Dialect {
    @Override
    public byte[] greeting() {
      return new byte[0];
    }

    @Override
    public byte[] message(RandomGenerator random) {
      return ascii(
          "GET %s HTTP/1.1\r\nHost: localhost\r\nX-Number: %d\r\n\r\n"
              .formatted(target.requestTarget(), random.nextInt()));
    }

    @Override
    public void readWelcome(InputStream in) {}

    @Override
    public void readReply(InputStream in, byte[] message) throws IOException {
      String head = head(in);
      expect(head.startsWith("HTTP/1.1 200 "), "not 200: " + head.lines().findFirst().orElse(""));
      String length = head.replaceAll("(?is).*\r\ncontent-length: *(\\d+)\r\n.*", "$1");
      expect(length.length() < 10, "no content length: ask for a path that has one");
      int bytes = Integer.parseInt(length);
      expect(in.readNBytes(bytes).length == bytes, "content ended early");
    }
  }

  /// WebSocket echo of short texts.
  record Ws(Target target) implements Dialect {
    private static final int LONGEST = 125;
    private static final int HEADER = 6;

    @Override
    public byte[] greeting() {
      return ascii(
          """
          GET %s HTTP/1.1\r
          Host: localhost\r
          Upgrade: websocket\r
          Connection: Upgrade\r
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
          Sec-WebSocket-Version: 13\r
          \r
          """
              .formatted(target.requestTarget()));
    }

    @Override
    public byte[] message(RandomGenerator random) {
      int length = 1 + random.nextInt(LONGEST);
      ByteBuffer frame = ByteBuffer.allocate(HEADER + length);
      frame.put((byte) 0x81).put((byte) (0x80 | length)).putInt(0); // a mask that changes nothing
      while (frame.hasRemaining()) {
        frame.put((byte) random.nextInt(' ', '~'));
      }
      return frame.array();
    }

    @Override
    public void readWelcome(InputStream in) throws IOException {
      expect(head(in).startsWith("HTTP/1.1 101 "), "no upgrade");
    }

    @Override
    public void readReply(InputStream in, byte[] message) throws IOException {
      byte[] reply = in.readNBytes(message.length - HEADER + 2);
      expect(
          reply.length > 2
              && reply[0] == message[0]
              && Arrays.equals(reply, 2, reply.length, message, HEADER, message.length),
          "not the text that was sent");
    }
  }

  /// Says the greeting and hears the answer.
  default void begin(InputStream in, OutputStream out) throws IOException {
    out.write(greeting());
    readWelcome(in);
  }
}
