package dev.heddle.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds for any bytes: they are requests, or are refused, or end the connection; and what was
/// written is read back. The seed is in the test's name.
class RandomTest {
  private static final String NAMES = "abcXYZ019!#$%&'*+-.^_`|~";

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void requestsAreReadAsTheyWereWritten(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      StringBuilder wire = new StringBuilder();
      List<String> expected = new ArrayList<>();
      for (int n = random.nextInt(4); n >= 0; n--) {
        writeRequest(random, wire, expected);
      }
      List<String> seen = new ArrayList<>();
      ScriptedTransport peer = new ScriptedTransport();
      deliver(random, wire.toString().getBytes(StandardCharsets.ISO_8859_1), peer);
      TestScope.serve(
          request -> {
            seen.add(RequestTables.describe(request));
            return Response.text("");
          },
          peer);
      assertThat(seen).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void responsesAreReadAsTheyWereWritten(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      byte[] body = new byte[random.nextInt(random.nextInt(8) == 0 ? 100_000 : 600)];
      random.nextBytes(body);
      HeadersBuilder fields = Headers.builder();
      StringBuilder lines = new StringBuilder();
      for (int n = random.nextInt(5); n > 0; n--) {
        String name = "x" + text(random, NAMES, 1 + random.nextInt(20));
        String value = text(random, null, random.nextInt(50)).strip();
        fields.add(name, value);
        lines.append(name).append(": ").append(value).append("\r\n");
      }
      Headers headers = fields.build();
      Response response =
          random.nextBoolean()
              ? new Response.Full(Status.OK, headers, body)
              : new Response.Streaming(
                  Status.OK,
                  headers,
                  random.nextBoolean() ? body.length : -1,
                  out -> {
                    for (int at = 0; at < body.length; ) {
                      int count = Math.min(body.length - at, 1 + random.nextInt(6000));
                      out.write(body, at, count);
                      at += count;
                      if (random.nextInt(4) == 0) {
                        out.flush();
                      }
                    }
                  });
      ScriptedTransport peer = new ScriptedTransport().send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      TestScope.serve(_ -> response, peer);
      List<Reply> replies = Reply.parse(peer.written());
      assertThat(replies).hasSize(1);
      assertThat(replies.getFirst().body())
          .isEqualTo(new String(body, StandardCharsets.ISO_8859_1));
      assertThat(replies.getFirst().head()).contains(lines);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyBytesAreRequestsOrRefusedOrEndTheConnection(long seed) {
    Random random = new Random(seed);
    List<RequestTables.Case> cases = new ArrayList<>(RequestTables.accepted());
    cases.addAll(RequestTables.refused());
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = mutate(random, cases.get(random.nextInt(cases.size())).bytes());
      ScriptedTransport peer = new ScriptedTransport();
      deliver(random, bytes, peer);
      List<String> methods = new ArrayList<>();
      TestScope.serve(
          request -> {
            methods.add(request.method());
            request.segments();
            request.query();
            request.host();
            request.headers().forEach(field -> request.headers().all(field.name()));
            request.body().readAllBytes();
            return request.isConnect() ? Response.status(403) : Response.status(204);
          },
          peer);
      List<Reply> replies = Reply.parse(peer.written());
      for (Reply reply : replies.subList(0, Math.max(0, replies.size() - 1))) {
        assertThat(reply.status()).isIn(100, 204);
      }
      assertThat(replies).allMatch(reply -> reply.status() != 500);
      assertThat(replies.size()).isGreaterThanOrEqualTo(methods.size());
      assertThat(peer.hasOutputEnded()).isTrue();
    }
  }

  private static byte[] mutate(Random random, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    if (random.nextInt(20) == 0) {
      random.nextBytes(bytes);
    }
    for (int n = random.nextInt(4); n >= 0 && bytes.length > 1; n--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = (byte) "\r\n \t:;,0%/\0".charAt(random.nextInt(11));
        case 2 -> bytes = Arrays.copyOf(bytes, at);
        case 3 -> {
          byte[] shorter = Arrays.copyOf(bytes, bytes.length - 1);
          System.arraycopy(bytes, at + 1, shorter, at, shorter.length - at);
          bytes = shorter;
        }
        default -> {
          byte[] twice = Arrays.copyOf(bytes, bytes.length + at);
          System.arraycopy(bytes, 0, twice, bytes.length, at);
          bytes = twice;
        }
      }
    }
    return bytes;
  }

  private static void writeRequest(Random random, StringBuilder wire, List<String> expected) {
    String method = random.nextBoolean() ? "POST" : text(random, "ABCDEF", 1 + random.nextInt(20));
    String target = "/" + text(random, "abc/.-~?=&;", random.nextInt(60));
    StringBuilder described =
        new StringBuilder(method + " ORIGIN " + target + " HTTP/1.1 [Host: a]");
    wire.append(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: a\r\n");
    for (int n = random.nextInt(6); n > 0; n--) {
      String name = "x" + text(random, NAMES, random.nextInt(20));
      String value = text(random, null, random.nextInt(80)).strip();
      wire.append(name).append(':').append(text(random, " \t", random.nextInt(3)));
      wire.append(value).append(text(random, " \t", random.nextInt(3))).append("\r\n");
      described.append(" [").append(name).append(": ").append(value).append(']');
    }
    String body = text(random, null, random.nextInt(300));
    if (random.nextBoolean()) {
      wire.append("Content-Length: ").append(body.length()).append("\r\n\r\n").append(body);
      described.append(" [Content-Length: ").append(body.length()).append(']');
    } else {
      wire.append("Transfer-Encoding: chunked\r\n\r\n");
      for (int at = 0; at < body.length(); ) {
        int count = Math.min(body.length() - at, 1 + random.nextInt(100));
        wire.append(Integer.toHexString(count)).append("\r\n").append(body, at, at + count);
        wire.append("\r\n");
        at += count;
      }
      wire.append("0\r\n\r\n");
      described.append(" [Transfer-Encoding: chunked]");
    }
    expected.add(body.isEmpty() ? described.toString() : described + " {" + body + "}");
  }

  /// @param alphabet or null for all that a field value may hold
  private static String text(Random random, String alphabet, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      if (alphabet != null) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      } else {
        char c = (char) (' ' + random.nextInt(0xe0));
        text.append(c == 0x7f || c == 0x85 ? '\t' : c);
      }
    }
    return text.toString();
  }

  private static void deliver(Random random, byte[] bytes, ScriptedTransport peer) {
    for (int at = 0; at < bytes.length; ) {
      int count = Math.min(bytes.length - at, 1 + random.nextInt(200));
      peer.send(Arrays.copyOfRange(bytes, at, at + count));
      at += count;
    }
  }
}
