package dev.heddle.benchmarks.load;

import java.nio.ByteBuffer;

/// HTTP/1.1: the same request again and again, each reply parsed and its status checked.
///
/// A reply that is byte for byte the last good one needs no parsing, as it would be good again.
/// Servers that are loaded send such runs of equal replies, until their `Date` changes.
final class HttpExchange implements Exchange {
  private static final int MAX_REMEMBERED = 16 * 1024;

  private final RequestStream requests;
  private final boolean headRequest;
  private final int expectedStatus;
  private final ByteBuffer lastGood = ByteBuffer.allocateDirect(MAX_REMEMBERED).limit(0);

  HttpExchange(Target target, HttpRequest request) {
    byte[] bytes = request.encode(target);
    requests = new RequestStream(bytes, bytes.length, 0);
    headRequest = request.method().equals("HEAD");
    expectedStatus = request.expectedStatus();
  }

  @Override
  public RequestStream requests() {
    return requests;
  }

  @Override
  public ReplyReader newReader(int connection) {
    return new Reader(new HttpReplyParser(headRequest));
  }

  private boolean startsWithLastGood(ByteBuffer bytes) {
    int length = lastGood.limit();
    if (length == 0 || bytes.remaining() < length) {
      return false;
    }
    int mismatch = lastGood.mismatch(bytes);
    return mismatch < 0 || mismatch == length;
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
          if (fresh && parser.status() == expectedStatus && !parser.closes()) {
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
      if (parser.status() == expectedStatus) {
        replies.completed(1);
      } else {
        replies.failed(ErrorKind.WRONG_STATUS);
      }
      if (parser.closes()) {
        replies.last();
      }
    }
  }
}
