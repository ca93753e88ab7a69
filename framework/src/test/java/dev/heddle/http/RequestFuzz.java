package dev.heddle.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Any bytes are requests, or are answered with 4xx or 5xx, or end the connection; the same however
/// they come; and never with more memory than they deserve.
public final class RequestFuzz {
  /// No answer of the handler below is longer, with the head that carries it.
  private static final int LONGEST_ANSWER = 400;

  /// The shortest request: `A / HTTP/1.0`, and two line ends.
  private static final int SHORTEST_REQUEST = 16;

  private static final Pattern STATUS_LINE = Pattern.compile("(?m)^HTTP/1\\.1 (\\d{3}) ");

  private RequestFuzz() {}

  /// Called by the fuzzer with what it made up.
  public static void fuzzerTestOneInput(byte[] input) {
    String whole = serve(new ScriptedTransport().send(input));
    String each = serve(new ScriptedTransport().sendEach(input));
    check(whole.equals(each), "answers depend on how the bytes come");
    int most = LONGEST_ANSWER * (1 + input.length / SHORTEST_REQUEST);
    check(whole.length() <= most, "more answers than requests");
    Matcher answers = STATUS_LINE.matcher(whole);
    for (boolean refused = false; answers.find(); ) {
      check(!refused, "something was served behind a refusal");
      int status = Integer.parseInt(answers.group(1));
      check(status >= 200 && status != 500, "a fault of ours");
      refused = status >= 400;
    }
  }

  /// @return the answers, without what depends on the time and on whether a body was waited for
  private static String serve(ScriptedTransport peer) {
    TestScope.serve(RequestFuzz::handle, peer);
    check(peer.hasOutputEnded(), "the connection has not ended");
    return peer.written()
        .replace("HTTP/1.1 100 Continue\r\n\r\n", "")
        .replaceAll("Date: [^\r]*\r\n", "");
  }

  /// Looks at all that a request has.
  private static Response handle(Request request) throws Exception {
    request.segments();
    request.query().list();
    request.host();
    request.headers().forEach(field -> request.headers().all(field.name()));
    byte[] body = request.body().bytes();
    request.body().trailers().forEach(field -> request.body().trailers().get(field.name()));
    int sum = Arrays.hashCode(body);
    sum = 31 * sum + request.target().hashCode();
    sum = 31 * sum + request.headers().hashCode();
    return request.isConnect()
        ? Response.status(403)
        : Response.status(204).with("X-Sum", Integer.toHexString(sum));
  }

  static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
