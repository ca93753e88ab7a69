package dev.heddle.benchmarks.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// HTTP/1.1: the same request again and again, each reply parsed and its status checked.
///
/// A reply that is byte for byte the last good one needs no parsing, as it would be good again.
/// Servers that are loaded send such runs of equal replies, until their `Date` changes.
final class HttpExchange implements Exchange {
  private static final int MAX_REMEMBERED = 16 * 1024;

  private final RequestStream requests;
  private final boolean headRequest;
  private final int expectedStatus;
  private final ExpectedContent expectedContent;
  private final ByteBuffer sentContent;
  private final ByteBuffer lastGood = ByteBuffer.allocateDirect(MAX_REMEMBERED).limit(0);

  HttpExchange(Target target, HttpRequest request) {
    requests = request.stream(target);
    expectedContent = request.expectedContent();
    sentContent = ByteBuffer.wrap(request.body().getBytes(StandardCharsets.UTF_8));
    headRequest = request.method().equals("HEAD");
    expectedStatus = request.expectedStatus();
  }

  @Override
  public RequestStream requests() {
    return requests;
  }

  @Override
  public ReplyReader newReader(int connection) {
    return new Reader(new HttpReplyParser(headRequest, sentContent));
  }

  private boolean startsWithLastGood(ByteBuffer bytes) {
    int length = lastGood.limit();
    if (length == 0 || bytes.remaining() < length) {
      return false;
    }
    int mismatch = lastGood.mismatch(bytes);
    return mismatch < 0 || mismatch == length;
  }

  private boolean isGood(HttpReplyParser parser) {
    return parser.status() == expectedStatus && hasContent(parser);
  }

  private boolean hasContent(HttpReplyParser parser) {
    return switch (expectedContent) {
      case ExpectedContent.Any _ -> true;
      case ExpectedContent.OfLength length -> parser.contentLength() == length.bytes();
      case ExpectedContent.Echo _ -> parser.echoes();
    };
  }

  private void remember(ByteBuffer bytes, int from, int to) {
    if (to - from <= MAX_REMEMBERED) {
      lastGood.clear().put(0, bytes, from, to - from).limit(to - from);
    }
  }

  private final class Reader implements ReplyReader {
    private final HttpReplyParser parser;

    Reader(HttpReplyParser parser) {
      this.parser = parser;
    }

    @Override
    public void read(ByteBuffer bytes, Replies replies) throws ReplyException {
      while (bytes.hasRemaining()) {
        boolean fresh = !parser.midReply();
        if (fresh && startsWithLastGood(bytes)) {
          bytes.position(bytes.position() + lastGood.limit());
          replies.completed(1);
          continue;
        }
        int from = bytes.position();
        if (parser.parse(bytes)) {
          finish(replies);
          if (fresh && isGood(parser) && !parser.closes()) {
            remember(bytes, from, bytes.position());
          }
        }
      }
    }

    @Override
    public void endOfStream(Replies replies) throws ReplyException {
      if (parser.endOfStream()) {
        finish(replies);
      }
    }

    @Override
    public boolean midReply() {
      return parser.midReply();
    }

    private void finish(Replies replies) throws ReplyException {
      if (parser.status() != expectedStatus) {
        replies.failed(ErrorKind.WRONG_STATUS);
      } else if (!hasContent(parser)) {
        replies.failed(ErrorKind.WRONG_BYTES);
      } else {
        replies.completed(1);
      }
      if (parser.closes()) {
        replies.last();
      }
    }
  }
}
