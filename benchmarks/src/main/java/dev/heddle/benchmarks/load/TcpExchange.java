package dev.heddle.benchmarks.load;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/// TCP echo: what comes back has to be, byte by byte, what was sent.
///
/// The payload comes from a fixed seed. Its period is a prime, so that a connection's messages
/// differ from one another, and connections start apart, so that a server that mixes them up is
/// caught too.
final class TcpExchange implements Exchange {
  private static final int PERIOD = 16_381;
  private static final int STRIDE = 7_919;
  private static final long SEED = 42;

  private final RequestStream requests;

  /// @param payload the length of a message, in bytes
  TcpExchange(int payload) {
    byte[] once = new byte[PERIOD];
    new SplittableRandom(SEED).nextBytes(once);
    requests = new RequestStream(once, payload, STRIDE);
  }

  @Override
  public RequestStream requests() {
    return requests;
  }

  @Override
  public ReplyReader newReader(int connection) {
    return new EchoReader(requests, connection);
  }

  private static final class EchoReader implements ReplyReader {
    private final RequestStream requests;
    private int position;
    private int missing; // bytes of the current message that have not come back

    EchoReader(RequestStream requests, int connection) {
      this.requests = requests;
      position = requests.start(connection);
      missing = requests.messageLength();
    }

    @Override
    public void read(ByteBuffer bytes, Replies replies) throws ReplyException {
      int length = bytes.remaining();
      if (bytes.mismatch(requests.at(position, length)) >= 0) {
        throw new ReplyException(ErrorKind.WRONG_BYTES);
      }
      bytes.position(bytes.limit());
      position = requests.after(position, length);
      missing -= length;
      int ended = 0;
      while (missing <= 0) {
        missing += requests.messageLength();
        ended++;
      }
      if (ended > 0) {
        replies.completed(ended);
      }
    }

    @Override
    public boolean midReply() {
      return missing < requests.messageLength();
    }
  }
}
