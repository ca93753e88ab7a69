package dev.heddle.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// The request that is sent again and again, and the status that it has to be answered with.
///
/// @param fieldLines header fields beside `Host` and `Content-Length`, each `Name: value`
public record HttpRequest(String method, List<String> fieldLines, String body, int expectedStatus) {
  private static final String FIELD_LINE = "[!#$%&'*+.^_`|~0-9A-Za-z-]+:[ -~\t]*";
  private static final String METHOD = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  /// `GET`, answered by 200.
  public static final HttpRequest GET = new HttpRequest("GET", List.of(), "", 200);

  /// Checks the values.
  ///
  /// @throws IllegalArgumentException when something cannot stand in a request
  public HttpRequest {
    fieldLines = List.copyOf(fieldLines);
    if (!method.matches(METHOD)) {
      throw new IllegalArgumentException("not a method: " + method);
    }
    for (String line : fieldLines) {
      if (!line.matches(FIELD_LINE)) {
        throw new IllegalArgumentException("not a header of the form 'Name: value': " + line);
      }
    }
    if (expectedStatus < 100 || expectedStatus > 999) {
      throw new IllegalArgumentException("not a status: " + expectedStatus);
    }
  }

  /// The request's bytes (RFC 9112, section 2.1).
  byte[] encode(Target target) {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(target.requestTarget()).append(" HTTP/1.1\r\n");
    if (!has("host")) {
      head.append("Host: ").append(target.authority()).append("\r\n");
    }
    if (content.length > 0 && !has("content-length")) {
      head.append("Content-Length: ").append(content.length).append("\r\n");
    }
    fieldLines.forEach(line -> head.append(line).append("\r\n"));
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
