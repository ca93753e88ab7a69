package dev.heddle.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.BufferPool;
import dev.heddle.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The table of docs/security.md says what the code does.
class WorstCaseMemoryTest {
  private static final HttpLimits LIMITS = HttpLimits.DEFAULT;
  private static final int LINE_END = 2;

  /// `| what | 12,345 | ...`
  private static final Pattern ROW =
      Pattern.compile("^\\| ([^|]+?) \\| ([0-9,]+) \\|.*", Pattern.MULTILINE);

  private static Map<String, Integer> rows() throws IOException {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docs/security.md"))) {
      folder = folder.getParent();
    }
    String text = Files.readString(folder.resolve("docs/security.md"));
    int from = text.indexOf("## Worst case of memory per connection");
    Matcher row = ROW.matcher(text.substring(from, text.indexOf("\n## ", from)));
    Map<String, Integer> rows = new HashMap<>();
    while (row.find()) {
      rows.put(row.group(1), Integer.parseInt(row.group(2).replace(",", "")));
    }
    return rows;
  }

  /// The largest head that is taken, in lines of the longest and the shortest.
  private static String largestHead() {
    StringBuilder head = new StringBuilder("GET /");
    head.append("a".repeat(LIMITS.requestLine() - "GET / HTTP/1.1".length()));
    head.append(" HTTP/1.1\r\nHost: a\r\n");
    int left = LIMITS.fieldSection() - "Host: a\r\n".length();
    for (int fields = LIMITS.fields() - 1; fields > 0; fields--) {
      int others = (fields - 1) * "b:\r\n".length();
      int length = Math.min(LIMITS.fieldLine(), left - LINE_END - others);
      head.append("b:").append("b".repeat(length - "b:".length())).append("\r\n");
      left -= length + LINE_END;
    }
    return head.append("\r\n").toString();
  }

  /// What the buffer of a connection grows to while the largest head dribbles in.
  private static int bufferOfLargestHead() {
    AtomicInteger largest = new AtomicInteger();
    Connection[] served = new Connection[1];
    Http1 http =
        Http1.of(
            request -> {
              assertThat(request.headers().size()).isEqualTo(LIMITS.fields());
              largest.set(served[0].buffered().capacity());
              return Response.text("");
            });
    ScriptedTransport peer = new ScriptedTransport();
    byte[] head = (largestHead() + "G").getBytes(US_ASCII); // what comes next keeps its buffer
    for (int from = 0; from < head.length; from += 997) {
      peer.send(Arrays.copyOfRange(head, from, Math.min(head.length, from + 997)));
    }
    new TestScope(
            connection -> {
              served[0] = connection;
              http.handle(connection);
            })
        .run(peer);
    assertThat(Reply.parse(peer.written()).getFirst().status()).isEqualTo(200);
    return largest.get();
  }

  @Test
  void theRowsAreWhatTheLimitsOfTheCodeAddUpTo() throws Exception {
    Map<String, Integer> rows = rows();
    int index = LIMITS.fields() * Long.BYTES;
    int parsed = LIMITS.requestLine() + LIMITS.fieldSection() + index;
    assertThat(rows).containsEntry("a head as it comes", bufferOfLargestHead());
    assertThat(rows).containsEntry("the head, parsed", parsed);
    assertThat(rows).containsEntry("the head before, remembered", 2 * RequestReader.REMEMBERED);
    assertThat(rows).containsEntry("output that is gathered", BufferPool.CAPACITY);
    assertThat(rows).containsEntry("a chunk of a stream", BodyOutput.CAPACITY);
    int sum =
        bufferOfLargestHead()
            + parsed
            + 2 * RequestReader.REMEMBERED
            + BufferPool.CAPACITY
            + BodyOutput.CAPACITY;
    assertThat(rows).containsEntry("**sum**", sum);
    assertThat(rows).containsEntry("a body that the handler takes whole", (int) LIMITS.body());
  }

  /// A head that is larger by an octet is refused, however it comes.
  @Test
  void nothingLargerIsHeld() {
    String head = largestHead();
    String larger = head.substring(0, head.length() - 4) + "b\r\n\r\n";
    ScriptedTransport peer = new ScriptedTransport().sendEach(larger.getBytes(US_ASCII));
    TestScope.serve(request -> Response.text(""), peer);
    assertThat(Reply.parse(peer.written()).getFirst().status()).isEqualTo(431);
  }
}
