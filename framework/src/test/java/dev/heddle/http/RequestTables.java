package dev.heddle.http;

import java.util.ArrayList;
import java.util.List;

/// What is a request and what is none, as data.
final class RequestTables {
  private static final String H = "Host: a\r\n";

  private RequestTables() {}

  /// @param rfc the document and section it comes from
  /// @param expected of the accepted the request as [#describe] shows it; of the others the status
  record Case(String rfc, String name, String bytes, String expected) {
    @Override
    public String toString() {
      return rfc + " " + name;
    }
  }

  /// A request, whole, on one line.
  static String describe(Request request) throws Exception {
    StringBuilder text = new StringBuilder();
    text.append(request.method()).append(' ').append(request.target().form()).append(' ');
    text.append(request.target()).append(' ').append(request.version());
    for (Headers.Field field : request.headers()) {
      text.append(" [").append(field.name()).append(": ").append(field.value()).append(']');
    }
    byte[] body = request.body().bytes();
    if (body.length > 0) {
      text.append(" {").append(new String(body, java.nio.charset.StandardCharsets.ISO_8859_1));
      text.append('}');
    }
    for (Headers.Field field : request.body().trailers()) {
      text.append(" (").append(field.name()).append(": ").append(field.value()).append(')');
    }
    return text.toString();
  }

  static List<Case> accepted() {
    List<Case> t = new ArrayList<>();
    // The request line.
    line(t, "9112-3", "the shortest request", "GET / HTTP/1.1", "GET ORIGIN / HTTP/1.1");
    line(t, "9110-9.3.2", "HEAD", "HEAD /a HTTP/1.1", "HEAD ORIGIN /a HTTP/1.1");
    line(t, "9110-9.3.3", "POST without a body", "POST / HTTP/1.1", "POST ORIGIN / HTTP/1.1");
    line(t, "9110-9.3.4", "PUT", "PUT /x HTTP/1.1", "PUT ORIGIN /x HTTP/1.1");
    line(t, "9110-9.3.5", "DELETE", "DELETE /x HTTP/1.1", "DELETE ORIGIN /x HTTP/1.1");
    line(t, "5789-2", "PATCH", "PATCH /x HTTP/1.1", "PATCH ORIGIN /x HTTP/1.1");
    line(
        t,
        "9110-9.1",
        "a method of one's own",
        "PROPFIND / HTTP/1.1",
        "PROPFIND ORIGIN / HTTP/1.1");
    line(t, "9110-9.1", "methods are case-sensitive", "get / HTTP/1.1", "get ORIGIN / HTTP/1.1");
    line(
        t,
        "9110-9.1",
        "a method of odd tokens",
        "M-!#$%&'*+.^_`|~9 / HTTP/1.1",
        "M-!#$%&'*+.^_`|~9 ORIGIN / HTTP/1.1");
    line(t, "9110-9.3.7", "OPTIONS of a path", "OPTIONS /x HTTP/1.1", "OPTIONS ORIGIN /x HTTP/1.1");
    line(
        t,
        "9112-3.2.4",
        "OPTIONS of the server",
        "OPTIONS * HTTP/1.1",
        "OPTIONS ASTERISK * HTTP/1.1");
    line(
        t,
        "9112-3.2.1",
        "a query",
        "GET /where?q=now&r HTTP/1.1",
        "GET ORIGIN /where?q=now&r HTTP/1.1");
    line(t, "9112-3.2.1", "an empty query", "GET /? HTTP/1.1", "GET ORIGIN /? HTTP/1.1");
    line(
        t,
        "3986-3.4",
        "a query with slashes and question marks",
        "GET /?/?a HTTP/1.1",
        "GET ORIGIN /?/?a HTTP/1.1");
    line(
        t,
        "3986-3.3",
        "all that a segment may hold",
        "GET /-._~!$&'()*+,;=:@ HTTP/1.1",
        "GET ORIGIN /-._~!$&'()*+,;=:@ HTTP/1.1");
    line(t, "3986-3.3", "empty segments", "GET //a//b/ HTTP/1.1", "GET ORIGIN //a//b/ HTTP/1.1");
    line(
        t,
        "3986-2.1",
        "percent-encoded octets",
        "GET /%41%c3%A4%2F HTTP/1.1",
        "GET ORIGIN /%41%c3%A4%2F HTTP/1.1");
    line(
        t,
        "3986-2.1",
        "a stray percent sign in the query",
        "GET /?100% HTTP/1.1",
        "GET ORIGIN /?100% HTTP/1.1");
    line(
        t,
        "3986-3.4",
        "what browsers send raw in a query",
        "GET /?a=[b]|{c}^`\\ HTTP/1.1",
        "GET ORIGIN /?a=[b]|{c}^`\\ HTTP/1.1");
    line(
        t,
        "3986-3.3",
        "what browsers send raw in a path",
        "GET /[a]|^ HTTP/1.1",
        "GET ORIGIN /[a]|^ HTTP/1.1");
    line(t, "3986-3.3", "dot segments stay", "GET /a/../b HTTP/1.1", "GET ORIGIN /a/../b HTTP/1.1");
    line(
        t,
        "9112-3.2.2",
        "the absolute form",
        "GET http://www.example.org/pub?x HTTP/1.1",
        "GET ABSOLUTE http://www.example.org/pub?x HTTP/1.1");
    line(
        t,
        "9112-3.2.2",
        "the absolute form with a port",
        "GET http://a:8080/ HTTP/1.1",
        "GET ABSOLUTE http://a:8080/ HTTP/1.1");
    line(
        t,
        "9112-3.2.2",
        "the absolute form without a path",
        "GET http://a HTTP/1.1",
        "GET ABSOLUTE http://a HTTP/1.1");
    line(
        t,
        "9112-3.2.2",
        "the absolute form with a query only",
        "GET http://a?b HTTP/1.1",
        "GET ABSOLUTE http://a?b HTTP/1.1");
    line(
        t,
        "9110-4.2.2",
        "https, in capitals",
        "GET HTTPS://a/ HTTP/1.1",
        "GET ABSOLUTE HTTPS://a/ HTTP/1.1");
    line(
        t,
        "3986-3.2.2",
        "an IPv6 address",
        "GET http://[::1]:80/ HTTP/1.1",
        "GET ABSOLUTE http://[::1]:80/ HTTP/1.1");
    line(t, "9112-2.3", "a higher minor version is 1.1", "GET / HTTP/1.9", "GET ORIGIN / HTTP/1.1");
    add(
        t,
        "9112-3.2.3",
        "the authority form",
        "CONNECT a:443 HTTP/1.1\r\n" + H + "\r\n",
        "CONNECT AUTHORITY a:443 HTTP/1.1 [Host: a]");
    add(
        t,
        "9112-2.2",
        "an empty line before the request line",
        "\r\nGET / HTTP/1.1\r\n" + H + "\r\n",
        "GET ORIGIN / HTTP/1.1 [Host: a]");
    add(t, "9112-3.2", "HTTP/1.0 without Host", "GET / HTTP/1.0\r\n\r\n", "GET ORIGIN / HTTP/1.0");
    add(
        t,
        "9112-3.2",
        "HTTP/1.0 with Host",
        "GET / HTTP/1.0\r\n" + H + "\r\n",
        "GET ORIGIN / HTTP/1.0 [Host: a]");
    // Host.
    host(t, "9110-7.2", "a name", "www.example.org");
    host(t, "9110-7.2", "a name with a port", "www.example.org:8080");
    host(t, "3986-3.2.3", "an empty port", "a:");
    host(t, "3986-3.2.2", "an IPv4 address", "127.0.0.1:80");
    host(t, "3986-3.2.2", "an IPv6 address", "[2001:db8::1]");
    host(t, "3986-3.2.2", "an IPv6 address with a port", "[::1]:65535");
    host(t, "3986-3.2.2", "an underscore", "my_host");
    host(t, "3986-3.2.2", "a percent-encoded name", "a%C3%A4");
    add(
        t,
        "9112-3.2",
        "an empty Host",
        "GET / HTTP/1.1\r\nHost:\r\n\r\n",
        "GET ORIGIN / HTTP/1.1 [Host: ]");
    // Field lines.
    field(t, "9110-5.1", "names in any case", "x-FOO: 1\r\n", "[x-FOO: 1]");
    field(
        t,
        "9110-5.6.2",
        "a name of odd tokens",
        "!#$%&'*+-.^_`|~9: 1\r\n",
        "[!#$%&'*+-.^_`|~9: 1]");
    field(t, "9112-5.1", "no whitespace", "A:b\r\n", "[A: b]");
    field(t, "9112-5.1", "whitespace around a value", "A: \t b \t \r\n", "[A: b]");
    field(t, "9112-5.1", "whitespace within a value", "A: b \t c\r\n", "[A: b \t c]");
    field(t, "9110-5.5", "an empty value", "A:\r\n", "[A: ]");
    field(t, "9110-5.5", "a value of whitespace", "A: \t \r\n", "[A: ]");
    field(t, "9110-5.5", "obs-text", "A: \u00e4\u0080\u00ff\r\n", "[A: \u00e4\u0080\u00ff]");
    field(t, "9110-5.5", "colons and quotes", "A: b: \"c, d\"\r\n", "[A: b: \"c, d\"]");
    field(
        t,
        "9110-5.3",
        "repeated fields, in order",
        "A: 1\r\nB: 2\r\na: 3\r\n",
        "[A: 1] [B: 2] [a: 3]");
    field(
        t,
        "9110-5.5",
        "a value of 1000 octets",
        "A: " + "x".repeat(1000) + "\r\n",
        "[A: " + "x".repeat(1000) + "]");
    field(
        t,
        "9110-5.3",
        "more fields than fit the first index",
        "A: 1\r\n".repeat(20),
        "[A: 1] ".repeat(20).strip());
    field(
        t,
        "9110-7.6.1",
        "Connection with several options",
        "Connection: foo, , keep-alive\r\n",
        "[Connection: foo, , keep-alive]");
    field(
        t,
        "9110-7.8",
        "an Upgrade nobody takes",
        "Upgrade: h2c\r\nConnection: Upgrade\r\n",
        "[Upgrade: h2c] [Connection: Upgrade]");
    field(
        t,
        "9110-10.1.1",
        "an expectation without a body",
        "Expect: 100-continue\r\n",
        "[Expect: 100-continue]");
    // Content-Length.
    body(t, "9112-6.3", "a body", "Content-Length: 5\r\n", "hello", "[Content-Length: 5] {hello}");
    body(t, "9112-6.3", "an empty body", "Content-Length: 0\r\n", "", "[Content-Length: 0]");
    body(
        t,
        "9110-8.6",
        "leading zeros",
        "Content-Length: 0005\r\n",
        "hello",
        "[Content-Length: 0005] {hello}");
    body(t, "9110-8.6", "in any case", "cOnTeNt-LeNgTh: 3\r\n", "abc", "[cOnTeNt-LeNgTh: 3] {abc}");
    body(
        t,
        "9112-5.1",
        "with whitespace around it",
        "Content-Length: \t 3 \t\r\n",
        "abc",
        "[Content-Length: 3] {abc}");
    body(
        t,
        "9112-6",
        "a body that looks like a request",
        "Content-Length: 18\r\n",
        "GET /x HTTP/1.1\r\n\r",
        "[Content-Length: 18] {GET /x HTTP/1.1\r\n\r}");
    body(
        t,
        "9112-6",
        "a body of every octet",
        "Content-Length: 256\r\n",
        everyOctet(),
        "[Content-Length: 256] {" + everyOctet() + "}");
    add(
        t,
        "9110-9.3.1",
        "GET with a body",
        "GET / HTTP/1.1\r\n" + H + "Content-Length: 2\r\n\r\nhi",
        "GET ORIGIN / HTTP/1.1 [Host: a] [Content-Length: 2] {hi}");
    add(
        t,
        "9112-6.3",
        "a body in HTTP/1.0",
        "POST / HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nhi",
        "POST ORIGIN / HTTP/1.0 [Connection: keep-alive] [Content-Length: 2] {hi}");
    // Chunked.
    chunked(t, "9112-7.1", "no chunks", "0\r\n\r\n", "");
    chunked(t, "9112-7.1", "one chunk", "5\r\nhello\r\n0\r\n\r\n", "{hello}");
    chunked(
        t, "9112-7.1", "two chunks", "5\r\nhello\r\n7\r\n, world\r\n0\r\n\r\n", "{hello, world}");
    chunked(
        t,
        "9112-7.1",
        "a size in hex, of either case",
        "a\r\n0123456789\r\nB\r\n0123456789a\r\n0\r\n\r\n",
        "{01234567890123456789a}");
    chunked(t, "9112-7.1", "leading zeros", "0000000002\r\nhi\r\n000\r\n\r\n", "{hi}");
    chunked(
        t,
        "9112-7.1",
        "data that looks like chunks",
        "7\r\n0\r\n\r\n0\r\r\n0\r\n\r\n",
        "{0\r\n\r\n0\r}");
    chunked(t, "9112-7.1.1", "an extension", "2;a\r\nhi\r\n0\r\n\r\n", "{hi}");
    chunked(
        t,
        "9112-7.1.1",
        "extensions with values",
        "2;a=b;c=\"d;e\"\r\nhi\r\n0;x=y\r\n\r\n",
        "{hi}");
    chunked(
        t, "9112-7.1.1", "whitespace before an extension", "2 \t;a = b\r\nhi\r\n0\r\n\r\n", "{hi}");
    chunked(t, "9112-7.1.2", "a trailer", "2\r\nhi\r\n0\r\nX: y\r\n\r\n", "{hi} (X: y)");
    chunked(t, "9112-7.1.2", "trailers, repeated", "0\r\nX: y\r\nx:  z \r\n\r\n", "(X: y) (x: z)");
    chunked(
        t,
        "9112-7.1.2",
        "a trailer that may not change the framing",
        "0\r\nContent-Length: 9\r\n\r\n",
        "(Content-Length: 9)");
    body(
        t,
        "9110-10.1.4",
        "the coding's name in any case",
        "Transfer-Encoding: ChunKed\r\n",
        "1\r\na\r\n0\r\n\r\n",
        "[Transfer-Encoding: ChunKed] {a}");
    body(
        t,
        "9112-5.1",
        "the coding with whitespace around it",
        "Transfer-Encoding: \tchunked \r\n",
        "1\r\na\r\n0\r\n\r\n",
        "[Transfer-Encoding: chunked] {a}");
    body(
        t,
        "9110-10.1.1",
        "an expectation whose body is there",
        "Expect: 100-Continue\r\nContent-Length: 1\r\n",
        "x",
        "[Expect: 100-Continue] [Content-Length: 1] {x}");
    return t;
  }

  static List<Case> refused() {
    List<Case> t = new ArrayList<>();
    // The request line.
    badLine(t, "9112-3", "no target", "GET HTTP/1.1", 400);
    badLine(t, "9112-3", "a method alone", "GET", 400);
    badLine(t, "9112-3", "nothing behind the method", "GET ", 400);
    badLine(t, "9112-3", "no version (HTTP/0.9)", "GET /", 400);
    badLine(t, "9112-3", "an empty version", "GET / ", 400);
    badLine(t, "9112-3", "two spaces before the target", "GET  / HTTP/1.1", 400);
    badLine(t, "9112-3", "two spaces before the version", "GET /  HTTP/1.1", 400);
    badLine(t, "9112-3", "a space behind the version", "GET / HTTP/1.1 ", 400);
    badLine(t, "9112-3", "a space before the method", " GET / HTTP/1.1", 400);
    badLine(t, "9112-3", "a tab between the parts", "GET\t/\tHTTP/1.1", 400);
    badLine(t, "9112-3", "a space in the target", "GET /a b HTTP/1.1", 400);
    badLine(t, "9112-3", "a tab in the target", "GET /a\tb HTTP/1.1", 400);
    badLine(t, "9110-9.1", "a method that is no token", "G(T / HTTP/1.1", 400);
    badLine(t, "9110-9.1", "a method with a colon", "GET: / HTTP/1.1", 400);
    badLine(t, "9110-9.1", "a method with obs-text", "G\u00c4T / HTTP/1.1", 400);
    badLine(t, "9112-3.1", "a method longer than any", "A".repeat(33) + " / HTTP/1.1", 501);
    badLine(t, "9110-9.3.8", "TRACE", "TRACE / HTTP/1.1", 501);
    badLine(t, "9112-2.3", "a version in lower case", "GET / http/1.1", 400);
    badLine(t, "9112-2.3", "a version of another protocol", "GET / HTCP/1.1", 400);
    badLine(t, "9112-2.3", "a version with two digits", "GET / HTTP/1.10", 400);
    badLine(t, "9112-2.3", "a version without its minor", "GET / HTTP/1", 400);
    badLine(t, "9112-2.3", "a version with a comma", "GET / HTTP/1,1", 400);
    badLine(t, "9112-2.3", "a version with a letter", "GET / HTTP/1.x", 400);
    badLine(t, "9112-2.3", "a version without a slash", "GET / HTTP 1.1", 400);
    badLine(t, "9110-15.6.6", "HTTP/2.0", "GET / HTTP/2.0", 505);
    badLine(t, "9110-15.6.6", "HTTP/0.9, named", "GET / HTTP/0.9", 505);
    badLine(t, "9110-15.6.6", "HTTP/3.1", "GET / HTTP/3.1", 505);
    add(t, "9113-3.4", "the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505");
    badLine(t, "9112-3.2", "a relative target", "GET a HTTP/1.1", 400);
    badLine(t, "9112-3.2", "a fragment", "GET /a#b HTTP/1.1", 400);
    badLine(t, "9112-3.2.4", "an asterisk of GET", "GET * HTTP/1.1", 400);
    badLine(t, "9112-3.2.4", "an asterisk and more", "OPTIONS *a HTTP/1.1", 400);
    badLine(t, "9112-3.2.3", "an authority of GET", "GET a:80 HTTP/1.1", 400);
    badLine(t, "9112-3.2.3", "CONNECT of a path", "CONNECT / HTTP/1.1", 400);
    badLine(t, "9112-3.2.3", "CONNECT without a port", "CONNECT a HTTP/1.1", 400);
    badLine(t, "9112-3.2.3", "CONNECT with an empty port", "CONNECT a: HTTP/1.1", 400);
    badLine(t, "9112-3.2.3", "CONNECT with user information", "CONNECT u@a:80 HTTP/1.1", 400);
    badLine(t, "9110-4.2.4", "user information", "GET http://u:p@a/ HTTP/1.1", 400);
    badLine(t, "9110-4.2.1", "an empty host", "GET http:///a HTTP/1.1", 400);
    badLine(t, "9112-3.2.2", "another scheme", "GET ftp://a/ HTTP/1.1", 400);
    badLine(t, "9112-3.2.2", "a scheme alone", "GET http: HTTP/1.1", 400);
    badLine(t, "9112-3.2.2", "a scheme without slashes", "GET http:/a HTTP/1.1", 400);
    badLine(t, "9112-3.2.2", "a malformed port", "GET http://a:b/ HTTP/1.1", 400);
    badLine(t, "3986-2.1", "a percent sign alone", "GET /% HTTP/1.1", 400);
    badLine(t, "3986-2.1", "a percent sign and one digit", "GET /%4 HTTP/1.1", 400);
    badLine(t, "3986-2.1", "a percent sign and no digits", "GET /%zz HTTP/1.1", 400);
    badLine(t, "3986-7.3", "an encoded NUL", "GET /a%00b HTTP/1.1", 400);
    badLine(t, "3986-3.3", "a backslash in the path", "GET /a\\b HTTP/1.1", 400);
    badLine(t, "3986-2", "a quote", "GET /\"a\" HTTP/1.1", 400);
    badLine(t, "3986-2", "angle brackets", "GET /<a> HTTP/1.1", 400);
    badLine(t, "3986-2", "raw UTF-8", "GET /\u00c3\u00a4 HTTP/1.1", 400);
    badLine(t, "9112-3.2", "a NUL in the target", "GET /\0 HTTP/1.1", 400);
    badLine(t, "9112-3.2", "DEL in the target", "GET /\u007f HTTP/1.1", 400);
    add(
        t,
        "9112-2.2",
        "a bare LF behind the request line",
        "GET / HTTP/1.1\nHost: a\r\n\r\n",
        "400");
    add(
        t,
        "9112-2.2",
        "a bare CR behind the request line",
        "GET / HTTP/1.1\rHost: a\r\n\r\n",
        "400");
    add(
        t,
        "9112-2.2",
        "a bare CR in the request line",
        "GET /\ra HTTP/1.1\r\n" + H + "\r\n",
        "400");
    add(t, "9112-2.2", "CR CR LF", "GET / HTTP/1.1\r\r\n" + H + "\r\n", "400");
    add(
        t,
        "9112-2.2",
        "two empty lines before the request line",
        "\r\n\r\nGET / HTTP/1.1\r\n" + H + "\r\n",
        "400");
    add(
        t,
        "9112-2.2",
        "a bare LF before the request line",
        "\nGET / HTTP/1.1\r\n" + H + "\r\n",
        "400");
    add(
        t,
        "9112-2.2",
        "a bare CR before the request line",
        "\rGET / HTTP/1.1\r\n" + H + "\r\n",
        "400");
    add(
        t,
        "9112-2.2",
        "whitespace before the first field",
        "GET / HTTP/1.1\r\n " + H + "\r\n",
        "400");
    add(
        t,
        "8446-5.1",
        "a TLS handshake",
        "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003",
        "400");
    // Host.
    add(t, "9112-3.2", "no Host", "GET / HTTP/1.1\r\n\r\n", "400");
    add(
        t,
        "9112-3.2",
        "no Host, but other fields",
        "GET / HTTP/1.1\r\nHosts: a\r\nX-Host: a\r\n\r\n",
        "400");
    add(t, "9112-3.2", "no Host with the absolute form", "GET http://a/ HTTP/1.1\r\n\r\n", "400");
    badField(t, "9112-3.2", "two Hosts", "Host: b\r\n", 400);
    badField(t, "9112-3.2", "the same Host twice", "host: a\r\n", 400);
    add(t, "9112-3.2", "two Hosts in HTTP/1.0", "GET / HTTP/1.0\r\n" + H + H + "\r\n", "400");
    badHost(t, "9112-3.2", "a list", "a, b");
    badHost(t, "9112-3.2", "a space", "a b");
    badHost(t, "9112-3.2", "a path", "a/b");
    badHost(t, "9112-3.2", "a URI", "http://a");
    badHost(t, "9110-4.2.4", "user information", "u@a");
    badHost(t, "3986-3.2.3", "a port of letters", "a:b");
    badHost(t, "3986-3.2.3", "a port too high", "a:65536");
    badHost(t, "3986-3.2.3", "a negative port", "a:-1");
    badHost(t, "3986-3.2.3", "two ports", "a:1:2");
    badHost(t, "3986-3.2.2", "a port without a host", ":80");
    badHost(t, "3986-3.2.2", "an open bracket", "[::1");
    badHost(t, "3986-3.2.2", "empty brackets", "[]");
    badHost(t, "3986-3.2.2", "something behind the bracket", "[::1]a");
    badHost(t, "3986-3.2.2", "a name in brackets", "[host]");
    badHost(t, "3986-3.2.2", "obs-text", "\u00e4");
    badHost(t, "3986-2.1", "a malformed percent sign", "a%4");
    // Field lines.
    badField(t, "9112-5.1", "a space before the colon", "A : b\r\n", 400);
    badField(t, "9112-5.1", "a tab before the colon", "A\t: b\r\n", 400);
    badField(t, "9112-5.1", "no colon", "A b\r\n", 400);
    badField(t, "9112-5.1", "a name alone", "A\r\n", 400);
    badField(t, "9110-5.1", "no name", ": b\r\n", 400);
    badField(t, "9112-5.2", "a folded line", "A: b\r\n c\r\n", 400);
    badField(t, "9112-5.2", "a line folded by a tab", "A: b\r\n\tc\r\n", 400);
    badField(t, "9112-5.2", "a folded line of whitespace", "A: b\r\n \r\n", 400);
    badField(t, "9110-5.6.2", "a name that is no token", "A(b): c\r\n", 400);
    badField(t, "9110-5.6.2", "a name with a slash", "A/b: c\r\n", 400);
    badField(t, "9110-5.6.2", "a name with obs-text", "\u00c4: c\r\n", 400);
    badField(t, "9110-5.5", "a NUL in a name", "A\0: b\r\n", 400);
    badField(t, "9110-5.5", "a NUL in a value", "A: b\0c\r\n", 400);
    badField(t, "9110-5.5", "a bare CR in a value", "A: b\rc\r\n", 400);
    badField(t, "9110-5.5", "a bare LF in a value", "A: b\nC: d\r\n", 400);
    badField(t, "9110-5.5", "CR CR LF behind a value", "A: b\r\r\n", 400);
    badField(t, "9110-5.5", "a backspace in a value", "A: b\bc\r\n", 400);
    badField(t, "9110-5.5", "an escape in a value", "A: \u001b[31m\r\n", 400);
    badField(t, "9110-5.5", "DEL in a value", "A: \u007f\r\n", 400);
    badField(t, "9110-5.5", "a vertical tab behind a value", "A: b\u000b\r\n", 400);
    badField(t, "9112-2.2", "an empty line that is a bare LF", "A: b\r\n\n", 400);
    badField(
        t, "9110-10.1.1", "an unknown expectation", "Expect: the-spanish-inquisition\r\n", 417);
    // Content-Length.
    badLength(t, "9110-8.6", "a sign", "+5");
    badLength(t, "9110-8.6", "a negative sign", "-5");
    badLength(t, "9110-8.6", "a list", "5,5");
    badLength(t, "9110-8.6", "a list with a space", "5, 5");
    badLength(t, "9110-8.6", "hexadecimal", "0x5");
    badLength(t, "9110-8.6", "a fraction", "5.0");
    badLength(t, "9110-8.6", "an exponent", "5e0");
    badLength(t, "9110-8.6", "a letter behind", "5a");
    badLength(t, "9110-8.6", "a space within", "1 0");
    badLength(t, "9110-8.6", "an empty value", "");
    badLength(t, "9110-8.6", "a quoted value", "\"5\"");
    badLength(t, "9110-8.6", "2^63", "9223372036854775808");
    badLength(t, "9110-8.6", "2^64 + 5", "18446744073709551621");
    badLength(t, "9110-8.6", "twenty digits that are five", "00000000000000000005");
    badLength(t, "9110-8.6", "a superscript digit", "\u00b2");
    badBody(
        t, "9112-6.3", "two lengths", "Content-Length: 5\r\nContent-Length: 6\r\n", "hello", 400);
    badBody(
        t,
        "9112-6.3",
        "the same length twice",
        "Content-Length: 5\r\nContent-Length: 5\r\n",
        "hello",
        400);
    badBody(
        t,
        "9112-6.3",
        "a length too few",
        "Content-Length:\r\nContent-Length: 5\r\n",
        "hello",
        400);
    badBody(
        t,
        "9112-6.3",
        "both length and coding",
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "0\r\n\r\n",
        400);
    badBody(
        t,
        "9112-6.3",
        "both coding and length",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        "0\r\n\r\n",
        400);
    badBody(
        t,
        "9112-6.3",
        "both, with a coding unknown",
        "Transfer-Encoding: x\r\nContent-Length: 5\r\n",
        "hello",
        400);
    // Transfer-Encoding.
    badCoding(t, "9112-6.1", "an unknown coding", "foo", 501);
    badCoding(t, "9112-7.2", "gzip and chunked", "gzip, chunked", 501);
    badCoding(t, "9112-7", "identity", "identity", 501);
    badCoding(t, "9112-7", "chunked by a longer name", "xchunked", 501);
    badCoding(t, "9112-6.1", "chunked twice", "chunked, chunked", 400);
    badCoding(t, "9112-6.1", "chunked not last", "chunked, gzip", 400);
    badCoding(t, "9112-6.1", "chunked and identity", "chunked, identity", 400);
    badCoding(t, "9112-7.1", "chunked with a parameter", "chunked;q=1", 400);
    badCoding(t, "9110-5.6.1", "an empty member before", ", chunked", 400);
    badCoding(t, "9110-5.6.1", "an empty member behind", "chunked,", 400);
    badCoding(t, "9110-5.6.1", "an empty value", "", 400);
    badCoding(t, "9112-6.1", "quotes", "\"chunked\"", 400);
    badCoding(t, "9112-6.1", "a space within", "chun ked", 400);
    badCoding(t, "9112-6.1", "obs-text", "chunked\u00a0", 400);
    badCoding(t, "9110-5.5", "a vertical tab", "\u000bchunked", 400);
    badBody(
        t,
        "9112-6.1",
        "chunked in two fields",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "0\r\n\r\n",
        400);
    badBody(
        t,
        "9112-6.1",
        "chunked, and another field",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        "0\r\n\r\n",
        400);
    badBody(
        t,
        "9112-5.1",
        "a space before its colon",
        "Transfer-Encoding : chunked\r\n",
        "0\r\n\r\n",
        400);
    badBody(
        t, "9112-5.2", "a folded coding", "Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n", 400);
    add(
        t,
        "9112-6.1",
        "chunked in HTTP/1.0",
        "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "400");
    // Chunks.
    badChunks(t, "9112-7.1", "no size", "\r\nhi\r\n0\r\n\r\n");
    badChunks(t, "9112-7.1", "a size of letters", "xyz\r\nhi\r\n0\r\n\r\n");
    badChunks(t, "9112-7.1", "a size with a prefix", "0x2\r\nhi\r\n0\r\n\r\n");
    badChunks(t, "9112-7.1", "a size with a sign", "+2\r\nhi\r\n0\r\n\r\n");
    badChunks(t, "9112-7.1", "a negative size", "-2\r\nhi\r\n0\r\n\r\n");
    badChunks(t, "9112-7.1", "a space before the size", " 2\r\nhi\r\n0\r\n\r\n");
    badChunks(t, "9112-7.1", "a space behind the size", "2 \r\nhi\r\n0\r\n\r\n");
    badChunks(t, "9112-7.1", "an underscore in the size", "1_0\r\nhi\r\n0\r\n\r\n");
    badChunks(t, "9112-7.1", "a size that overflows", "10000000000000002\r\nhi\r\n0\r\n\r\n");
    badChunks(t, "9112-7.1", "a size of sixteen digits", "0000000000000002\r\nhi\r\n0\r\n\r\n");
    badChunks(t, "9112-7.1", "a bare LF behind the size", "2\nhi\r\n0\r\n\r\n");
    badChunks(t, "9112-7.1", "a bare CR behind the size", "2\rhi\r\n0\r\n\r\n");
    badChunks(t, "9112-7.1", "a NUL behind the size", "2\0\r\nhi\r\n0\r\n\r\n");
    badChunks(t, "9112-7.1", "data without CRLF", "2\r\nhi0\r\n\r\n");
    badChunks(t, "9112-7.1", "data with a bare LF", "2\r\nhi\n0\r\n\r\n");
    badChunks(t, "9112-7.1", "data with a bare CR", "2\r\nhi\r0\r\n\r\n");
    badChunks(t, "9112-7.1", "data longer than its size", "2\r\nhi!\r\n0\r\n\r\n");
    badChunks(t, "9112-7.1.1", "an extension without its semicolon", "2 a=b\r\nhi\r\n0\r\n\r\n");
    badChunks(t, "9112-7.1.1", "a bare LF in an extension", "2;a\nb\r\nhi\r\n0\r\n\r\n");
    badChunks(
        t, "9112-7.1.1", "an endless extension", "2;" + "a".repeat(1100) + "\r\nhi\r\n0\r\n\r\n");
    badChunks(t, "9112-7.1.2", "a trailer without a colon", "2\r\nhi\r\n0\r\nX\r\n\r\n");
    badChunks(
        t,
        "9112-7.1.2",
        "a trailer with a space before its colon",
        "2\r\nhi\r\n0\r\nX : y\r\n\r\n");
    badChunks(t, "9112-7.1.2", "a folded trailer", "2\r\nhi\r\n0\r\nX: y\r\n z\r\n\r\n");
    badChunks(t, "9112-7.1.2", "a bare LF behind the last chunk", "2\r\nhi\r\n0\r\n\n");
    return t;
  }

  /// Requests that another parser may cut elsewhere: what follows must not be served.
  static List<Case> smuggled() {
    List<Case> t = new ArrayList<>();
    String inner = "GET /smuggled HTTP/1.1\r\n" + H + "\r\n";
    badBody(
        t,
        "9112-11.2",
        "CL.TE",
        "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n",
        "0\r\n\r\n" + inner,
        400);
    badBody(
        t,
        "9112-11.2",
        "TE.CL",
        "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
        "5c\r\n" + inner,
        400);
    badBody(
        t,
        "9112-11.2",
        "TE.TE, hidden by a space",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding : x\r\n",
        "0\r\n\r\n" + inner,
        400);
    badBody(
        t,
        "9112-11.2",
        "TE.TE, hidden by a fold",
        "Transfer-Encoding: x\r\n chunked\r\n",
        "0\r\n\r\n" + inner,
        400);
    badBody(
        t,
        "9112-11.2",
        "TE.TE, hidden by a vertical tab",
        "Transfer-Encoding: \u000bchunked\r\n",
        "0\r\n\r\n" + inner,
        400);
    badBody(
        t,
        "9112-11.2",
        "TE.TE, the second unknown",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: cow\r\n",
        "0\r\n\r\n" + inner,
        400);
    badBody(
        t,
        "9112-11.2",
        "TE behind a bare LF",
        "X: y\nTransfer-Encoding: chunked\r\n",
        "0\r\n\r\n" + inner,
        400);
    badBody(
        t,
        "9112-11.2",
        "CL.CL",
        "Content-Length: 0\r\nContent-Length: " + inner.length() + "\r\n",
        inner,
        400);
    badBody(t, "9112-11.2", "CL with a sign", "Content-Length: +0\r\n", inner, 400);
    badBody(
        t,
        "9112-11.2",
        "CL with a space in its name",
        "Content-Length : " + inner.length() + "\r\n",
        inner,
        400);
    badBody(
        t,
        "9112-11.2",
        "CL that wraps to zero",
        "Content-Length: 18446744073709551616\r\n",
        inner,
        400);
    badBody(
        t,
        "9112-11.2",
        "a chunk size that wraps to zero",
        "Transfer-Encoding: chunked\r\n",
        "10000000000000000\r\n\r\n" + inner,
        400);
    badBody(
        t,
        "9112-11.2",
        "a chunk ended by LF",
        "Transfer-Encoding: chunked\r\n",
        "0\n\r\n" + inner,
        400);
    badBody(
        t,
        "9112-11.2",
        "a chunk extension ended by LF",
        "Transfer-Encoding: chunked\r\n",
        "0;a\n\r\n" + inner,
        400);
    badBody(
        t,
        "9112-11.2",
        "chunk data ended by something else",
        "Transfer-Encoding: chunked\r\n",
        "1\r\naXX0\r\n\r\n" + inner,
        400);
    badBody(
        t,
        "9112-11.2",
        "an unknown coding before chunked",
        "Transfer-Encoding: gzip, chunked\r\n",
        "0\r\n\r\n" + inner,
        501);
    add(
        t,
        "9112-11.2",
        "chunked in HTTP/1.0",
        "POST / HTTP/1.0\r\n"
            + H
            + "Connection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            + inner,
        "400");
    add(t, "9112-11.1", "a request within a target", "GET /\r\n" + inner, "400");
    return t;
  }

  private static String everyOctet() {
    StringBuilder text = new StringBuilder();
    for (char c = 0; c < 256; c++) {
      text.append(c);
    }
    return text.toString();
  }

  private static void add(List<Case> t, String rfc, String name, String bytes, String expected) {
    t.add(new Case("RFC " + rfc.replace("-", ", section "), name, bytes, expected));
  }

  private static void line(List<Case> t, String rfc, String name, String line, String expected) {
    add(t, rfc, name, line + "\r\n" + H + "\r\n", expected + " [Host: a]");
  }

  private static void host(List<Case> t, String rfc, String name, String host) {
    add(
        t,
        rfc,
        "Host: " + name,
        "GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n",
        "GET ORIGIN / HTTP/1.1 [Host: " + host + "]");
  }

  private static void field(List<Case> t, String rfc, String name, String lines, String expected) {
    add(
        t,
        rfc,
        name,
        "GET / HTTP/1.1\r\n" + H + lines + "\r\n",
        "GET ORIGIN / HTTP/1.1 [Host: a] " + expected);
  }

  private static void body(
      List<Case> t, String rfc, String name, String lines, String body, String expected) {
    add(
        t,
        rfc,
        name,
        "POST / HTTP/1.1\r\n" + H + lines + "\r\n" + body,
        "POST ORIGIN / HTTP/1.1 [Host: a] " + expected);
  }

  private static void chunked(List<Case> t, String rfc, String name, String body, String expected) {
    body(
        t,
        rfc,
        name,
        "Transfer-Encoding: chunked\r\n",
        body,
        ("[Transfer-Encoding: chunked] " + expected).strip());
  }

  private static void badLine(List<Case> t, String rfc, String name, String line, int status) {
    add(t, rfc, name, line + "\r\n" + H + "\r\n", "" + status);
  }

  private static void badField(List<Case> t, String rfc, String name, String lines, int status) {
    add(t, rfc, name, "GET / HTTP/1.1\r\n" + H + lines + "\r\n", "" + status);
  }

  private static void badHost(List<Case> t, String rfc, String name, String host) {
    add(t, rfc, "Host: " + name, "GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n", "400");
  }

  private static void badBody(
      List<Case> t, String rfc, String name, String lines, String body, int status) {
    add(t, rfc, name, "POST / HTTP/1.1\r\n" + H + lines + "\r\n" + body, "" + status);
  }

  private static void badLength(List<Case> t, String rfc, String name, String value) {
    badBody(t, rfc, "Content-Length: " + name, "Content-Length: " + value + "\r\n", "hello", 400);
  }

  private static void badCoding(List<Case> t, String rfc, String name, String value, int status) {
    badBody(
        t,
        rfc,
        "Transfer-Encoding: " + name,
        "Transfer-Encoding: " + value + "\r\n",
        "0\r\n\r\n",
        status);
  }

  private static void badChunks(List<Case> t, String rfc, String name, String body) {
    badBody(t, rfc, "chunks: " + name, "Transfer-Encoding: chunked\r\n", body, 400);
  }
}
