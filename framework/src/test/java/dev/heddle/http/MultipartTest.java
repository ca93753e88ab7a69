package dev.heddle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Forms in parts, and bodies with a content coding.
class MultipartTest {
  private static final String FORM =
      """
      preamble
      --X
      Content-Disposition: form-data; name="a"

      one
      --X  \t
      content-disposition: FORM-DATA; name=b; filename="a%22\u00c3\u00a4.txt"
      Content-Type: text/plain

      two
      --Y
      --

      --X
      Content-Disposition: form-data; name="c\\"d"


      --X--
      epilogue
      --X
      """
          .replace("\n", "\r\n");

  private static Request request(String body, String boundary) {
    Headers type = Headers.of("Content-Type", "multipart/form-data; boundary=" + boundary);
    return Request.of("POST", "/", type, body.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static List<String> read(Request request) throws Exception {
    List<String> parts = new ArrayList<>();
    Multipart form = Multipart.of(request);
    for (Part part; (part = form.next()) != null; ) {
      parts.add(part.name() + "|" + part.fileName() + "|" + part.text(100_000));
    }
    assertThat(form.next()).isNull();
    return parts;
  }

  @Test
  void partsAreRead() throws Exception {
    assertThat(read(request(FORM, "X")))
        .containsExactly("a|null|one", "b|a\"ä.txt|two\r\n--Y\r\n--\r\n", "c\"d|null|");
    assertThat(read(request(FORM.substring(FORM.indexOf("--X")), "\"X\""))).hasSize(3);
  }

  @Test
  void partsAreReadHoweverTheyCome() {
    byte[] bytes = FORM.getBytes(StandardCharsets.ISO_8859_1);
    String head =
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=X\r\n"
            + ("Content-Length: " + bytes.length + "\r\n\r\n");
    for (int i = 1; i < bytes.length; i++) {
      ScriptedTransport peer =
          new ScriptedTransport()
              .send(head)
              .send(Arrays.copyOf(bytes, i))
              .send(Arrays.copyOfRange(bytes, i, bytes.length));
      TestScope.serve(request -> Response.text("" + read(request).size()), peer);
      assertThat(Reply.parse(peer.written()).getFirst().body()).isEqualTo("3");
    }
  }

  @Test
  void partsMayBeSkipped() throws Exception {
    Multipart form = Multipart.of(request(FORM, "X"));
    Part first = form.next();
    assertThat(first.body().read()).isEqualTo('o');
    assertThat(form.next().name()).isEqualTo("b");
    assertThat(form.next().name()).isEqualTo("c\"d");
    assertThat(form.next()).isNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void partsAreReadAsTheyWereWritten(long seed) throws Exception {
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      StringBuilder body = new StringBuilder();
      List<String> expected = new ArrayList<>();
      for (int n = random.nextInt(5); n > 0; n--) {
        StringBuilder data = new StringBuilder();
        for (int length = random.nextInt(40_000); data.length() < length; ) {
          data.append("\r\n--B-x".charAt(random.nextInt(7)));
        }
        String text = data.toString().replace("--B", "--C");
        body.append("--B\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n" + text + "\r\n");
        expected.add("n|null|" + text);
      }
      assertThat(read(request(body + "--B--", "B"))).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--X",
        "--X\r\n",
        "--X\r\nContent-Disposition: form-data; name=a\r\n\r\nno end",
        "--X\r\nContent-Disposition: form-data\r\n\r\n\r\n--X--",
        "--X\r\nContent-Disposition: attachment; name=a\r\n\r\n\r\n--X--",
        "--X\r\n\r\n\r\n--X--",
        "--XY\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n--X--",
        "--X\r\nbad header\r\n\r\n\r\n--X--",
        "--X\nContent-Disposition: form-data; name=a\n\n\n--X--"
      })
  void whatIsMalformedIsRefused(String body) {
    assertThatThrownBy(() -> read(request(body, "X"))).isInstanceOf(ProtocolException.class);
  }

  @Test
  void thereMustBeABoundaryAndNotTooManyParts() {
    Request other = Request.of("POST", "/", Headers.of("Content-Type", "text/plain"), new byte[0]);
    assertThatThrownBy(() -> Multipart.of(other)).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> Multipart.of(request("", ""))).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(
            () -> {
              Multipart form = Multipart.of(request(FORM, "X")).limit(1);
              form.next();
              form.next();
            })
        .isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> Multipart.of(request(FORM, "X")).next().text(2))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void aBodyIsDecodedUpToALimit() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(new byte[100_000]);
    }
    Headers gzip = Headers.of("Content-Encoding", "GZIP");
    Request request = Request.of("POST", "/", gzip, packed.toByteArray());
    assertThat(request.decodedBody(100_000).readAllBytes()).hasSize(100_000);
    Request bomb = Request.of("POST", "/", gzip, packed.toByteArray());
    assertThatThrownBy(() -> bomb.decodedBody(99_999).readAllBytes())
        .isInstanceOfSatisfying(
            ProtocolException.class,
            e -> assertThat(e.status()).isEqualTo(Status.CONTENT_TOO_LARGE));
    for (byte[] bad : List.of(new byte[9], Arrays.copyOf(packed.toByteArray(), 30))) {
      assertThatThrownBy(() -> Request.of("POST", "/", gzip, bad).decodedBody(99).readAllBytes())
          .isInstanceOf(ProtocolException.class);
    }
    for (Headers unknown :
        List.of(
            Headers.of("Content-Encoding", "br"),
            Headers.of("Content-Encoding", "gzip, gzip"),
            Headers.of("Content-Encoding", "gzip", "Content-Encoding", "br"))) {
      Request other = Request.of("POST", "/", unknown, packed.toByteArray());
      assertThatThrownBy(() -> other.decodedBody(100_000))
          .isInstanceOfSatisfying(
              ProtocolException.class,
              e -> assertThat(e.status()).isEqualTo(Status.UNSUPPORTED_MEDIA_TYPE));
    }
    assertThat(Request.of("POST", "/").decodedBody(9).readAllBytes()).isEmpty();
  }
}
