package dev.heddle.ws;

import java.io.IOException;
import java.util.Objects;

/// A message that is read from the [Inbox] as it comes, behind what of it has been read already.
final class StreamedMessage extends MessageInput {
  private final Inbox inbox;
  private final boolean text;
  private final byte[] start;
  private int startRead;
  private boolean ended;

  /// @param start of the message
  /// @param ended whether it is the whole
  StreamedMessage(Inbox inbox, boolean text, byte[] start, boolean ended) {
    this.inbox = inbox;
    this.text = text;
    this.start = start;
    this.ended = ended;
  }

  static StreamedMessage of(Inbox inbox, Message whole) {
    return switch (whole) {
      case Message.Text m -> new StreamedMessage(inbox, true, m.utf8(), true);
      case Message.Binary m -> new StreamedMessage(inbox, false, m.bytes(), true);
    };
  }

  @Override
  public boolean isText() {
    return text;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] dst, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, dst.length);
    if (length == 0) {
      return 0;
    }
    int count = Math.min(length, start.length - startRead);
    if (count > 0) {
      System.arraycopy(start, startRead, dst, offset, count);
      startRead += count;
      return count;
    }
    if (ended) {
      return -1;
    }
    int read = inbox.read(this, dst, offset, length);
    ended = read < 0;
    return read;
  }

  /// Skips what is left.
  @Override
  public void close() throws IOException {
    startRead = start.length;
    byte[] scratch = new byte[ended ? 0 : 8 * 1024];
    while (!ended) {
      ended = inbox.read(this, scratch, 0, scratch.length) < 0;
    }
  }
}
