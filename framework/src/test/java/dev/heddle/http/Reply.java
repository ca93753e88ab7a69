package dev.heddle.http;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A response as a client reads it, by other means than ours.
record Reply(int status, String head, String body) {
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");
  private static final Pattern CHUNKED = Pattern.compile("(?i)\r\ntransfer-encoding: chunked\r\n");

  /// All that stand in `written`.
  ///
  /// @param heads how many of the first are answers to HEAD
  static List<Reply> parse(String written, int heads) {
    List<Reply> replies = new ArrayList<>();
    String rest = written;
    while (!rest.isEmpty()) {
      int end = rest.indexOf("\r\n\r\n");
      if (end < 0 || !rest.startsWith("HTTP/1.1 ")) {
        throw new AssertionError("no response: " + rest);
      }
      String head = rest.substring(0, end + 2);
      int status = Integer.parseInt(head.substring(9, 12));
      rest = rest.substring(end + 4);
      Matcher length = LENGTH.matcher(head);
      StringBuilder body = new StringBuilder();
      if (status < 200 || status == 204 || status == 304 || replies.size() < heads) {
        // none
      } else if (CHUNKED.matcher(head).find()) {
        rest = takeChunks(rest, body);
      } else {
        int count = length.find() ? Integer.parseInt(length.group(1)) : rest.length();
        body.append(rest, 0, count);
        rest = rest.substring(count);
      }
      replies.add(new Reply(status, head, body.toString()));
    }
    return replies;
  }

  static List<Reply> parse(String written) {
    return parse(written, 0);
  }

  private static String takeChunks(String text, StringBuilder body) {
    String rest = text;
    while (true) {
      int end = rest.indexOf("\r\n");
      int size = Integer.parseInt(rest.substring(0, end), 16);
      body.append(rest, end + 2, end + 2 + size);
      if (!rest.startsWith("\r\n", end + 2 + size)) {
        throw new AssertionError("a chunk without its end");
      }
      rest = rest.substring(end + 4 + size);
      if (size == 0) {
        return rest;
      }
    }
  }

  boolean has(String fieldLine) {
    return head.contains("\r\n" + fieldLine + "\r\n");
  }
}
