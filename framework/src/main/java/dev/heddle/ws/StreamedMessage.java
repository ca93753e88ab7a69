package dev.heddle.ws;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A message that is read from the [Inbox] as it comes, behind what of it has been read already.
final class StreamedMessage extends MessageInput {
  private final Inbox inbox;
  private final boolean text;
  private final byte[] start;
  private int startRead;
  private long bytesReceived;
  private boolean ended;

  /// @param start of the message
  /// @param ended whether it is the whole
  StreamedMessage(Inbox inbox, boolean text, byte[] start, boolean ended) {
    this.inbox = inbox;
    this.text = text;
    this.start = start;
    this.bytesReceived = start.length;
    this.ended = ended;
  }

  /// A message that is there whole, if there is one.
  static @Nullable StreamedMessage of(Inbox inbox, @Nullable Message whole) {
    return switch (whole) {
      case null -> null;
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
    return receive(dst, offset, length);
  }

  /// Skips what is left.
  @Override
  public void close() throws IOException {
    startRead = start.length;
    byte[] scratch = new byte[ended ? 0 : 8 * 1024];
    while (!ended) {
      receive(scratch, 0, scratch.length);
    }
  }

  private int receive(byte[] dst, int offset, int length) throws IOException {
    int count = inbox.read(this, dst, offset, length);
    ended = count < 0;
    bytesReceived += Math.max(count, 0);
    return count;
  }

  /// Of its payload, uncompressed, so far.
  long bytesReceived() {
    return bytesReceived;
  }
}
