package dev.heddle.ws;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// Decompresses the messages of one peer (RFC 7692, section 7.2.2). Holds native memory within a
/// message, and between messages if they may refer to each other.
///
/// Threading: one thread at a time; [#memory()] any.
final class MessageInflater {
  /// What a peer leaves out at the end of a message.
  private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

  private final boolean keepsContext;
  private boolean tailFed;

  /// Whether the compressed data of the message is malformed from here on.
  private boolean malformed;

  // What was fed last: all of it up to the end, of which the inflater tells what is left.
  private byte[] fed = TAIL;
  private int fedEnd;

  /// Others may look whether it is there.
  private volatile @Nullable Inflater inflater;

  MessageInflater(boolean keepsContext) {
    this.keepsContext = keepsContext;
  }

  /// A message begins.
  void begin() {
    tailFed = false;
    malformed = false;
    if (inflater == null) {
      inflater = ZlibPool.borrowInflater();
    }
  }

  /// Gives compressed bytes, when all before have been inflated. They are not copied.
  void feed(byte[] octets, int from, int count) {
    fed = octets;
    fedEnd = from + count;
    current().setInput(octets, from, count);
  }

  /// Makes as many bytes as there is room for.
  ///
  /// @return how many bytes; 0 if more have to be fed
  /// @throws WebSocketException if what was fed is malformed, and all that came before was given
  ///   out
  int inflate(byte[] dst, int offset, int length) throws WebSocketException {
    Inflater current = current();
    int count = inflate(current, dst, offset, length);
    while (count == 0 && current.finished()) {
      // A block that says it is the last; others may follow all the same (section 7.2.3.4).
      int rest = current.getRemaining();
      if (rest == 0) {
        return 0;
      }
      restart(current, rest);
      count = inflate(current, dst, offset, length);
    }
    return count;
  }

  private int inflate(Inflater current, byte[] dst, int offset, int length)
      throws WebSocketException {
    long before = current.getBytesWritten();
    int count = 0;
    try {
      count = malformed ? 0 : current.inflate(dst, offset, length);
    } catch (DataFormatException e) {
      malformed = true;
      count = (int) (current.getBytesWritten() - before); // those are in the array all the same
    }
    if (malformed && count == 0) {
      throw new WebSocketException(CloseCode.INVALID_PAYLOAD, "compressed data is malformed");
    }
    return count;
  }

  private void restart(Inflater current, int rest) {
    current.reset();
    current.setInput(fed, fedEnd - rest, rest);
  }

  /// Whether all has been inflated, when no more bytes of the message will come.
  boolean isAtEnd() {
    if (tailFed) {
      return true;
    }
    tailFed = true;
    feed(TAIL, 0, TAIL.length);
    return false;
  }

  /// The message has ended.
  void end() {
    if (!keepsContext) {
      release();
    }
  }

  /// Gives back the native memory. Idempotent.
  void release() {
    Inflater borrowed = inflater;
    inflater = null;
    if (borrowed != null) {
      ZlibPool.giveBack(borrowed);
    }
  }

  /// The native memory that is held, in bytes, about.
  long memory() {
    return inflater == null ? 0 : ZlibPool.INFLATER_MEMORY;
  }

  private Inflater current() {
    Inflater current = inflater;
    if (current == null) {
      throw new IllegalStateException("no message has begun");
    }
    return current;
  }
}
