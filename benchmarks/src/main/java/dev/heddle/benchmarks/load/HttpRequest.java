package dev.heddle.benchmarks.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// The request that is sent again and again, and the status that it has to be answered with.
///
/// @param fieldLines header fields beside `Host` and `Content-Length`, each `Name: value`;
///   [#NUMBER] in one stands for a number that differs from request to request
/// @param expectedContent what the content of a reply has to be
public record HttpRequest(
    String method,
    List<String> fieldLines,
    String body,
    int expectedStatus,
    ExpectedContent expectedContent) {
  /// Stands for five digits that differ from request to request.
  public static final String NUMBER = "{n}";

  private static final int VARIANTS = 251;
  private static final String FIELD_LINE = "[!#$%&'*+.^_`|~0-9A-Za-z-]+:[ -~\t]*";
  private static final String METHOD = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  /// `GET`, answered by 200.
  public static final HttpRequest GET = new HttpRequest("GET", List.of(), "", 200);

  /// A request whose replies may have any content.
  public HttpRequest(String method, List<String> fieldLines, String body, int expectedStatus) {
    this(method, fieldLines, body, expectedStatus, ExpectedContent.ANY);
  }

  /// Checks the values.
  ///
  /// @throws IllegalArgumentException when something cannot stand in a request
  public HttpRequest {
    fieldLines = List.copyOf(fieldLines);
    if (!method.matches(METHOD)) {
      throw new IllegalArgumentException("not a method: " + method);
    }
    checkFieldLines(fieldLines);
    if (expectedStatus < 100 || expectedStatus > 999) {
      throw new IllegalArgumentException("not a status: " + expectedStatus);
    }
  }

  /// @throws IllegalArgumentException when one is not of the form `Name: value`
  static void checkFieldLines(List<String> lines) {
    for (String line : lines) {
      if (!line.matches(FIELD_LINE)) {
        throw new IllegalArgumentException("not a header of the form 'Name: value': " + line);
      }
    }
  }

  /// The requests to send, one after another.
  RequestStream stream(Target target) {
    byte[] one = encode(target, 0);
    if (fieldLines.stream().noneMatch(line -> line.contains(NUMBER))) {
      return new RequestStream(one, one.length, 0);
    }
    ByteBuffer all = ByteBuffer.allocate(VARIANTS * one.length);
    for (int number = 0; number < VARIANTS; number++) {
      all.put(encode(target, number));
    }
    return new RequestStream(all.array(), one.length, one.length);
  }

  /// The request's bytes (RFC 9112, section 2.1).
  byte[] encode(Target target, int number) {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(target.requestTarget()).append(" HTTP/1.1\r\n");
    if (!has("host")) {
      head.append("Host: ").append(target.authority()).append("\r\n");
    }
    if (content.length > 0 && !has("content-length")) {
      head.append("Content-Length: ").append(content.length).append("\r\n");
    }
    String digits = String.format(Locale.ROOT, "%05d", number);
    fieldLines.forEach(line -> head.append(line.replace(NUMBER, digits)).append("\r\n"));
    head.append("\r\n");
    byte[] headBytes = head.toString().getBytes(StandardCharsets.US_ASCII);
    byte[] all = new byte[headBytes.length + content.length];
    System.arraycopy(headBytes, 0, all, 0, headBytes.length);
    System.arraycopy(content, 0, all, headBytes.length, content.length);
    return all;
  }

  private boolean has(String name) {
    return fieldLines.stream()
        .anyMatch(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"));
  }
}
