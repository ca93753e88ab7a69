package dev.heddle.benchmarks.baselines;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// HTTP on [InlineServer]: the same 13 bytes to whatever is asked, all answers to one read in one
/// write.
///
/// It looks for the blank line that ends a request and for nothing else: the least that HTTP can
/// cost, not a server to use.
public final class InlineHttp implements InlineServer.Responder {
  private static final byte[] ANSWER =
      """
      HTTP/1.1 200 OK\r
      Content-Type: text/plain\r
      Content-Length: 13\r
      \r
      Hello, World!\
      """
          .getBytes(StandardCharsets.US_ASCII);
  private static final int END_LENGTH = 4; // CR LF CR LF
  private static final int MAX_ANSWERS = InlineServer.BUFFER_SIZE / END_LENGTH + 1;

  private final ByteBuffer answers; // of all connections
  private int matched; // bytes of CR LF CR LF that were seen last

  private InlineHttp(ByteBuffer answers) {
    this.answers = answers;
  }

  @Override
  public ByteBuffer respond(ByteBuffer received) {
    int requests = 0;
    for (int i = 0, end = received.limit(); i < end; i++) {
      byte next = received.get(i);
      if (next == ((matched & 1) == 0 ? '\r' : '\n')) {
        matched++;
        if (matched == END_LENGTH) {
          matched = 0;
          requests++;
        }
      } else {
        matched = next == '\r' ? 1 : 0;
      }
    }
    return answers.position(0).limit(requests * ANSWER.length);
  }

  static BaselineCommand.Server server() {
    ByteBuffer answers = ByteBuffer.allocateDirect(MAX_ANSWERS * ANSWER.length);
    while (answers.hasRemaining()) {
      answers.put(ANSWER);
    }
    return InlineServer.serving(() -> new InlineHttp(answers));
  }

  /// Serves until the process is ended.
  public static void main(String[] args) {
    BaselineCommand.run("inline-http", args, server());
  }
}
