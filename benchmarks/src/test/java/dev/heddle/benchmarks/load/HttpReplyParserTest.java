package dev.heddle.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Accept and reject tables; `~` stands for CR LF, `^` for LF. Each case runs whole and split at
/// every byte.
class HttpReplyParserTest {
  private static byte[] bytes(String text) {
    return text.replace("~", "\r\n").replace("^", "\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  private static List<Integer> statuses(HttpReplyParser parser, byte[] bytes, int split)
      throws ReplyException {
    List<Integer> statuses = new ArrayList<>();
    for (ByteBuffer piece :
        List.of(
            ByteBuffer.wrap(bytes, 0, split),
            ByteBuffer.wrap(bytes, split, bytes.length - split))) {
      while (piece.hasRemaining()) {
        if (parser.parse(piece)) {
          statuses.add(parser.status());
        }
      }
    }
    return statuses;
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          content length          | HTTP/1.1 200 OK~Content-Length: 5~~hello
          no content              | HTTP/1.1 200 OK~content-length:0~~
          optional white space    | HTTP/1.1 200 OK~CONTENT-LENGTH:   2  ~~ab
          no reason               | HTTP/1.1 200~Content-Length: 1~~x
          bare line feeds         | HTTP/1.1 200 OK^Content-Length: 1^^x
          chunks                  | HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~hello~A;x=1~0123456789~0~~
          trailers                | HTTP/1.1 200 OK~Transfer-Encoding: gzip, Chunked~~1~x~0~Sum: 1~~
          chunked beats length    | HTTP/1.1 200 OK~Content-Length: 9~Transfer-Encoding: chunked~~1~x~0~~
          interim reply           | HTTP/1.1 100 Continue~~HTTP/1.1 200 OK~Content-Length: 1~~x
          equal lengths           | HTTP/1.1 200 OK~Content-Length: 1~Content-Length: 1~~x
          """)
  void findsTheEndOfAReply(String name, String reply) throws ReplyException {
    byte[] twice = bytes(reply.repeat(2));
    for (int split = 0; split <= twice.length; split++) {
      HttpReplyParser parser = new HttpReplyParser(false, ByteBuffer.allocate(0));
      assertThat(statuses(parser, twice, split)).as("split at %d", split).containsExactly(200, 200);
      assertThat(parser.midReply()).isFalse();
      assertThat(parser.closes()).isFalse();
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          not HTTP                | SSH-2.0-OpenSSH_9~~
          another version         | HTTP/2.0 200 OK~~
          letters in the status   | HTTP/1.1 2x0 OK~~
          a long status           | HTTP/1.1 2000 OK~~
          empty length            | HTTP/1.1 200 OK~Content-Length:~~
          signed length           | HTTP/1.1 200 OK~Content-Length: +1~~x
          huge length             | HTTP/1.1 200 OK~Content-Length: 1234567890123456789~~x
          unequal lengths         | HTTP/1.1 200 OK~Content-Length: 1~Content-Length: 2~~x
          no chunk size           | HTTP/1.1 200 OK~Transfer-Encoding: chunked~~x~
          text after a chunk      | HTTP/1.1 200 OK~Transfer-Encoding: chunked~~1~xy~
          """)
  void rejectsWhatBreaksTheGrammar(String name, String reply) {
    byte[] bytes = bytes(reply);
    for (int split = 0; split <= bytes.length; split++) {
      int at = split;
      assertThatThrownBy(
              () -> statuses(new HttpReplyParser(false, ByteBuffer.allocate(0)), bytes, at))
          .as("split at %d", split)
          .isInstanceOfSatisfying(
              ReplyException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.MALFORMED));
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          close                   | HTTP/1.1 200 OK~Connection: close~Content-Length: 0~~   | true
          close in a list         | HTTP/1.1 200 OK~Connection: x, Close~Content-Length: 0~~| true
          HTTP/1.0                | HTTP/1.0 200 OK~Content-Length: 0~~                     | true
          HTTP/1.0 keep-alive     | HTTP/1.0 200 OK~Connection: keep-alive~Content-Length: 0~~ | false
          HTTP/1.1                | HTTP/1.1 200 OK~Content-Length: 0~~                     | false
          """)
  void knowsWhetherTheServerCloses(String name, String reply, boolean closes)
      throws ReplyException {
    HttpReplyParser parser = new HttpReplyParser(false, ByteBuffer.allocate(0));
    assertThat(statuses(parser, bytes(reply), 0)).containsExactly(200);
    assertThat(parser.closes()).isEqualTo(closes);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"HEAD, true, 200", "No Content, false, 204", "Not Modified, false, 304"})
  void hasNoBody(String name, boolean headRequest, int status) throws ReplyException {
    HttpReplyParser parser = new HttpReplyParser(headRequest, ByteBuffer.allocate(0));
    byte[] reply = bytes("HTTP/1.1 " + status + " x~Content-Length: 10~~");
    assertThat(statuses(parser, reply, 0)).containsExactly(status);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a body until the end    | HTTP/1.1 200 OK~~hello                     | true
          a body cut short        | HTTP/1.1 200 OK~Content-Length: 9~~hello   | false
          fields cut short        | HTTP/1.1 200 OK~Content                    | false
          """)
  void knowsWhetherTheEndOfTheStreamEndsAReply(String name, String reply, boolean ends)
      throws ReplyException {
    HttpReplyParser parser = new HttpReplyParser(false, ByteBuffer.allocate(0));
    assertThat(statuses(parser, bytes(reply), 0)).isEmpty();
    assertThat(parser.endOfStream()).isEqualTo(ends);
    assertThat(parser.midReply()).isEqualTo(!ends);
  }
}
