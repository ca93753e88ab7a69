package dev.heddle.benchmarks.strictness;

import java.util.List;

/// A request that is wrong in one way, or right in a way that is often got wrong.
///
/// @param name what is wrong, or `right:` and what is asked
/// @param section of RFC 9112, or of RFC 9110 where it says so
/// @param text the bytes, with `|` for CR LF
/// @param expected what the RFC asks for
record HostileRequest(String name, String section, String text, Expected expected) {

  /// What the RFC asks of a server.
  enum Expected {
    /// A status from 400 to 599, and the end of the connection, so that no byte that follows is
    /// taken for a request.
    REFUSED,

    /// The whole answer.
    ANSWERED,

    /// The whole answer, and the end of the connection.
    ANSWERED_AND_CLOSED
  }

  private static final String GET = "GET / HTTP/1.1|Host: a|";
  private static final String POST = "POST / HTTP/1.1|Host: a|";

  /// What follows a request that is refused, and must not be served: its answer would say so.
  static final String SMUGGLED = "GET /smuggled HTTP/1.1|Host: a||";

  static final List<HostileRequest> ALL =
      List.of(
          refused(
              "Content-Length and Transfer-Encoding",
              "6.1",
              POST + "Content-Length: 5|Transfer-Encoding: chunked||0||"),
          refused("two lengths that differ", "6.3", POST + "Content-Length: 0|Content-Length: 5||"),
          refused("a list of lengths that differ", "6.3", POST + "Content-Length: 0, 5||"),
          refused("a length with a sign", "9110 8.6", POST + "Content-Length: +0||"),
          refused("a length in hexadecimal", "9110 8.6", POST + "Content-Length: 0x0||"),
          refused(
              "a length beyond 64 bits", "6.3", POST + "Content-Length: 99999999999999999999||"),
          refused("chunked twice", "6.1", POST + "Transfer-Encoding: chunked, chunked||0||"),
          refused("chunked not last", "6.1", POST + "Transfer-Encoding: chunked, gzip||0||"),
          refused("an unknown transfer coding", "6.1", POST + "Transfer-Encoding: xyz||"),
          refused(
              "a transfer coding that looks chunked",
              "6.1",
              POST + "Transfer-Encoding: xchunked||0||"),
          refused("a chunk size with a sign", "7.1", POST + "Transfer-Encoding: chunked||+0||"),
          refused("a chunk size that is none", "7.1", POST + "Transfer-Encoding: chunked||0x0||"),
          refused(
              "a chunk longer than its size", "7.1", POST + "Transfer-Encoding: chunked||1|ab|0||"),
          refused("a space before the colon", "5.1", GET + "A : b||"),
          refused("a folded field line", "5.2", GET + "A: b| c||"),
          refused("a field line without a colon", "5", GET + "nonsense||"),
          refused("an empty field name", "5", GET + ": b||"),
          refused("a NUL in a field value", "9110 5.5", GET + "A: b\0c||"),
          refused("a bare CR in a field value", "2.2", GET + "A: b\rc||"),
          refused("no Host", "3.2", "GET / HTTP/1.1||"),
          refused("two Hosts", "3.2", GET + "Host: b||"),
          refused("a Host that is none", "3.2", "GET / HTTP/1.1|Host: a/b||"),
          refused("a method that is no token", "3.1", "G(T / HTTP/1.1|Host: a||"),
          refused("two spaces in the request line", "3", "GET  / HTTP/1.1|Host: a||"),
          refused("a version that is none", "2.3", "GET / HTTP/1.1x|Host: a||"),
          refused("HTTP/2.0 in a request line", "2.3", "GET / HTTP/2.0|Host: a||"),
          refused("a control character in the target", "3.2", "GET /\1 HTTP/1.1|Host: a||"),
          right(
              "a chunk extension",
              "7.1.1",
              POST + "Transfer-Encoding: chunked||1;a=b|x|0||",
              Expected.ANSWERED),
          right(
              "trailer fields",
              "7.1.2",
              POST + "Transfer-Encoding: chunked||1|x|0|A: b||",
              Expected.ANSWERED),
          right(
              "an absolute target", "3.2.2", "GET http://a/ HTTP/1.1|Host: a||", Expected.ANSWERED),
          right(
              "Connection: close",
              "9.6",
              GET + "Connection: close||",
              Expected.ANSWERED_AND_CLOSED),
          right("HTTP/1.0", "2.3", "GET / HTTP/1.0|Host: a||", Expected.ANSWERED_AND_CLOSED));

  private static HostileRequest refused(String name, String section, String text) {
    return new HostileRequest(name, section, text, Expected.REFUSED);
  }

  private static HostileRequest right(String name, String section, String text, Expected expected) {
    return new HostileRequest("right: " + name, section, text, expected);
  }
}
