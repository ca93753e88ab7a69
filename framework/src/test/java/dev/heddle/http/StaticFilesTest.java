package dev.heddle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StaticFilesTest {
  private static final String DATE = "Sun, 06 Nov 1994 08:49:37 GMT";

  @TempDir Path directory;
  private Router router;

  @BeforeEach
  void write() throws IOException {
    Path root = Files.createDirectories(directory.resolve("root"));
    Files.writeString(directory.resolve("secret"), "secret");
    Files.createDirectories(root.resolve("sub"));
    Files.createDirectories(root.resolve("empty"));
    Files.writeString(root.resolve("sub/index.html"), "index");
    Files.writeString(root.resolve(".hidden"), "hidden");
    Files.writeString(root.resolve("ä b.txt"), "umlaut");
    Files.writeString(root.resolve("nothing.txt"), "");
    Path file = Files.writeString(root.resolve("digits.txt"), "0123456789");
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("1994-11-06T08:49:37.5Z")));
    Files.writeString(root.resolve("packed.js"), "plain");
    Files.writeString(root.resolve("packed.js.gz"), "gzip");
    Files.writeString(root.resolve("packed.js.br"), "brotli");
    router = Router.builder().any("/f/**", StaticFiles.of(root)).build();
  }

  private Reply get(String target, String fields) {
    ScriptedTransport peer =
        new ScriptedTransport()
            .send("GET " + target + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n");
    TestScope.serve(router, peer);
    return Reply.parse(peer.written()).getFirst();
  }

  @ParameterizedTest
  @CsvSource({
    "/f/digits.txt,200,0123456789",
    "/f/digits.txt?query,200,0123456789",
    "/f/%C3%A4%20b.txt,200,umlaut",
    "/f/nothing.txt,200,''",
    "/f/sub/,200,index",
    "/f/sub/index.html,200,index",
  })
  void files(String target, int status, String body) {
    Reply reply = get(target, "");
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.body()).isEqualTo(body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/f",
        "/f/",
        "/f/none",
        "/f/empty/",
        "/f/../secret",
        "/f/..%2Fsecret",
        "/f/%2e%2e/secret",
        "/f/%2e%2e%2fsecret",
        "/f/sub/../digits.txt",
        "/f/./digits.txt",
        "/f//digits.txt",
        "/f//",
        "/f/.hidden",
        "/f/%2ehidden",
        "/f/sub%2Findex.html",
        "/f/sub%5Cindex.html",
        "/f/digits.txt/",
        "/f/digits.txt/x",
        "/f/digits.txt%0a",
        "/f/%ff",
        "/f/C:%5Csecret"
      })
  void nothing(String target) {
    Reply reply = get(target, "");
    assertThat(reply.status()).isIn(404, 308);
    assertThat(reply.body()).doesNotContain("secret", "hidden", "0123");
  }

  @Test
  void noLinkLeadsOut() throws IOException {
    Files.createSymbolicLink(directory.resolve("root/out"), directory.resolve("secret"));
    Files.createSymbolicLink(directory.resolve("root/up"), directory);
    Files.createSymbolicLink(directory.resolve("root/in"), directory.resolve("root/digits.txt"));
    Files.createSymbolicLink(directory.resolve("root/digits.txt.gz"), directory.resolve("secret"));
    assertThat(get("/f/out", "").status()).isEqualTo(404);
    assertThat(get("/f/up/secret", "").status()).isEqualTo(404);
    assertThat(get("/f/in", "").body()).isEqualTo("0123456789");
    assertThat(get("/f/digits.txt", "Accept-Encoding: gzip\r\n").body()).isEqualTo("0123456789");
  }

  @Test
  void aDirectoryWithoutItsSlashIsRedirected() {
    Reply reply = get("/f/sub?a=b", "");
    assertThat(reply.status()).isEqualTo(308);
    assertThat(reply.has("Location: ./sub/?a=b")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "If-None-Match: TAG|304",
        "If-None-Match: \"x\", W/TAG|304",
        "If-None-Match: *|304",
        "If-None-Match: \"x\"|200",
        "If-Match: TAG|200",
        "If-Match: *|200",
        "If-Match: W/TAG|412",
        "If-Match: \"x\"|412",
        "If-Modified-Since: " + DATE + "|304",
        "If-Modified-Since: Sun, 06 Nov 1994 08:49:36 GMT|200",
        "If-Modified-Since: yesterday|200",
        "If-Unmodified-Since: " + DATE + "|200",
        "If-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT|412",
        "Range: bytes=0-0|206",
      })
  void conditions(String field, int status) {
    Reply plain = get("/f/digits.txt", "");
    assertThat(plain.has("Last-Modified: " + DATE)).isTrue();
    String tag = plain.head().replaceAll("(?s).*ETag: ([^\r]*).*", "$1");
    Reply reply = get("/f/digits.txt", field.replace("TAG", tag) + "\r\n");
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.has("ETag: " + tag)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes=0-4|206|bytes 0-4/10|01234",
        "bytes=5-|206|bytes 5-9/10|56789",
        "bytes=-3|206|bytes 7-9/10|789",
        "bytes=-99|206|bytes 0-9/10|0123456789",
        "bytes=9-99|206|bytes 9-9/10|9",
        "BYTES=0-0|206|bytes 0-0/10|0",
        "bytes=0-0,99-|206|bytes 0-0/10|0",
        "bytes=10-|416|bytes */10|''",
        "bytes=-0|416|bytes */10|''",
        "bytes=5-4|200||0123456789",
        "bytes=a-b|200||0123456789",
        "bytes=-|200||0123456789",
        "bytes=0-5,2-9|200||0123456789",
        "lines=0-1|200||0123456789",
        "bytes=0-99999999999999999999|200||0123456789",
      })
  void ranges(String range, int status, String contentRange, String body) {
    Reply reply = get("/f/digits.txt", "Range: " + range + "\r\n");
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.body()).isEqualTo(body);
    assertThat(contentRange == null || reply.has("Content-Range: " + contentRange)).isTrue();
  }

  @Test
  void severalRangesAreParts() {
    Reply reply = get("/f/digits.txt", "Range: bytes=0-1, -2\r\n");
    assertThat(reply.status()).isEqualTo(206);
    String boundary = reply.head().replaceAll("(?s).*boundary=([^\r]*).*", "$1");
    String type = "Content-Type: text/plain; charset=utf-8|Content-Range: bytes ";
    String expected = "--B|" + type + "0-1/10||01|--B|" + type + "8-9/10||89|--B--|";
    assertThat(reply.body())
        .isEqualTo(
            expected
                .replace("B|", boundary + "|")
                .replace("B--", boundary + "--")
                .replace("|", "\r\n"));
  }

  @Test
  void aRangeOfWhatHasChangedIsTheWhole() {
    assertThat(get("/f/digits.txt", "Range: bytes=0-1\r\nIf-Range: \"x\"\r\n").status())
        .isEqualTo(200);
    assertThat(get("/f/digits.txt", "Range: bytes=0-1\r\nIf-Range: " + DATE + "\r\n").status())
        .isEqualTo(206);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip|gzip|gzip",
        "gzip, br|br|brotli",
        "br;q=0.5, gzip|gzip|gzip",
        "br;q=0, *|gzip|gzip",
        "identity||plain",
        "gzip;q=0||plain",
        "gzip;q=2||plain",
      })
  void whatIsCompressedAlreadyIsSentToThoseWhoAcceptIt(String accept, String coding, String body) {
    Reply reply = get("/f/packed.js", "Accept-Encoding: " + accept + "\r\n");
    assertThat(reply.body()).isEqualTo(body);
    assertThat(reply.has("Vary: Accept-Encoding")).isTrue();
    assertThat(reply.has("Content-Type: text/javascript; charset=utf-8")).isTrue();
    assertThat(reply.head().contains("Content-Encoding: " + coding)).isEqualTo(coding != null);
  }

  @Test
  void onlyReadingIsAllowed() throws Exception {
    Response response = router.handle(Request.of("PUT", "/f/digits.txt"));
    assertThat(response.status()).isEqualTo(Status.METHOD_NOT_ALLOWED);
    assertThat(response.headers().get("Allow")).isEqualTo("GET, HEAD");
  }

  @Test
  void aFifoIsNoFile() throws Exception {
    Process process =
        new ProcessBuilder("mkfifo", directory.resolve("root/fifo").toString()).start();
    assumeThat(process.waitFor()).isZero();
    assertThat(get("/f/fifo", "").status()).isEqualTo(404);
  }
}
