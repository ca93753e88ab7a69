package dev.heddle.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every limit of [HttpLimits] and of the codec itself: what reaches it is served, and one octet or
/// one field more is not. Each whole, a byte a read, and cut before each of the last octets.
class LimitBoundariesTest {
  private static final HttpLimits LIMITS = new HttpLimits(60, 50, 200, 6, 1000, 300);
  private static final HttpOptions OPTIONS = HttpOptions.builder().limits(LIMITS).build();
  private static final String NEXT = "GET /next HTTP/1.1\r\nHost: n\r\n\r\n";

  /// @param status of one above
  record Limit(String name, String reached, String exceeded, int status) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Limit> limits() {
    return List.of(
        new Limit("request line", line(60), line(61), 414),
        new Limit("method", method(32), method(33), 501),
        new Limit("field line", fields(fieldLine(50)), fields(fieldLine(51)), 431),
        new Limit("field section", fields(section(200)), fields(section(201)), 431),
        new Limit("fields", fields("A: b\r\n".repeat(5)), fields("A: b\r\n".repeat(6)), 431),
        new Limit("body", body(1000), body(1001), 413),
        new Limit("chunk", chunks(1000), chunks(1001), 413),
        new Limit("chunks", chunks(900, 100), chunks(900, 101), 413),
        new Limit("chunk line", extension(1024), extension(1025), 400),
        new Limit("chunk size", chunkSize(15), chunkSize(16), 400),
        new Limit("trailers", trailers("A: b\r\n".repeat(6)), trailers("A: b\r\n".repeat(7)), 431),
        new Limit("trailer section", trailers(fill(200)), trailers(fill(201)), 431));
  }

  private static String line(int length) {
    String start = "POST /";
    String end = " HTTP/1.1";
    return start + "a".repeat(length - start.length() - end.length()) + end + "\r\nHost: a\r\n\r\n";
  }

  private static String method(int length) {
    return "A".repeat(length) + " / HTTP/1.1\r\nHost: a\r\n\r\n";
  }

  private static String fields(String lines) {
    return "POST / HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n";
  }

  private static String fieldLine(int length) {
    return "A: " + "b".repeat(length - 3) + "\r\n";
  }

  /// Lines that with that of the host are so long, ends included.
  private static String section(int length) {
    return fill(length - "Host: a\r\n".length());
  }

  private static String fill(int length) {
    int last = length - 3 * 52;
    return fieldLine(50).repeat(3)
        + (last > 52 ? fieldLine(last - 2 - 10) + fieldLine(8) : fieldLine(last - 2));
  }

  private static String body(int length) {
    return "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: "
        + length
        + "\r\n\r\n"
        + "x".repeat(length);
  }

  private static String chunked(String body) {
    return "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body;
  }

  private static String chunks(int... lengths) {
    StringBuilder body = new StringBuilder();
    for (int length : lengths) {
      body.append(Integer.toHexString(length)).append("\r\n");
      body.append("x".repeat(length)).append("\r\n");
    }
    return chunked(body + "0\r\n\r\n");
  }

  private static String extension(int lineLength) {
    return chunked("1;" + "a".repeat(lineLength - 2) + "\r\nx\r\n0\r\n\r\n");
  }

  private static String chunkSize(int digits) {
    return chunked("0".repeat(digits - 1) + "1\r\nx\r\n0\r\n\r\n");
  }

  private static String trailers(String lines) {
    return chunked("1\r\nx\r\n0\r\n" + lines + "\r\n");
  }

  @ParameterizedTest
  @MethodSource("limits")
  void whatReachesALimitIsServed(Limit limit) {
    deliveries(limit.reached + NEXT)
        .forEach(peer -> assertThat(serve(peer)).containsExactly(200, 200));
  }

  @ParameterizedTest
  @MethodSource("limits")
  void whatExceedsALimitIsRefusedAndNothingBehindItServed(Limit limit) {
    deliveries(limit.exceeded + NEXT)
        .forEach(peer -> assertThat(serve(peer)).containsExactly(limit.status));
  }

  private static List<Integer> serve(ScriptedTransport peer) {
    new TestScope(Http1.of(request -> Response.text(request.body().text()), OPTIONS)).run(peer);
    return Reply.parse(peer.written()).stream().map(Reply::status).toList();
  }

  private static Stream<ScriptedTransport> deliveries(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    int from = Math.max(1, text.indexOf("\r\n"));
    return Stream.concat(
        Stream.of(new ScriptedTransport().send(bytes), new ScriptedTransport().sendEach(bytes)),
        IntStream.range(from, Math.min(bytes.length, from + 300))
            .mapToObj(
                at ->
                    new ScriptedTransport().send(text.substring(0, at)).send(text.substring(at))));
  }
}
