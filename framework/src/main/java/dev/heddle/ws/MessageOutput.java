package dev.heddle.ws;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/// A message that is sent in fragments as it is written (RFC 6455, section 5.4).
///
/// ```
///   first fragment: TEXT or BINARY    others: CONTINUATION    the last, by close(): with FIN
/// ```
///
/// Threading: one thread, which is the one that asked for it.
final class MessageOutput extends OutputStream {
  /// What is gathered before it is sent, in bytes.
  static final int FRAGMENT = 16 * 1024;

  /// The most that is sent in one fragment of what is written at once.
  private static final int LARGE_FRAGMENT = 64 * 1024;

  private final Outbox outbox;
  private final Inbox inbox;
  private final Thread sender = Thread.currentThread();
  private final boolean text;
  private final boolean compressed;
  private final byte[] buffer = new byte[FRAGMENT];
  private int count;

  /// The first byte of the next fragment, without FIN.
  private int first;

  private long bytesSent;
  private boolean closed;

  MessageOutput(Outbox outbox, Inbox inbox, boolean text, boolean compressed) {
    this.outbox = outbox;
    this.inbox = inbox;
    this.text = text;
    this.compressed = compressed;
    this.first = (text ? Opcode.TEXT : Opcode.BINARY) | (compressed ? Opcode.RSV1 : 0);
  }

  boolean isText() {
    return text;
  }

  /// Of its payload, uncompressed, so far.
  long bytesSent() {
    return bytesSent;
  }

  boolean isCompressed() {
    return compressed;
  }

  boolean isOf(Thread thread) {
    return thread.equals(sender);
  }

  @Override
  public void write(int b) throws IOException {
    if (count == buffer.length) {
      flush();
    }
    buffer[count++] = (byte) b;
  }

  @Override
  public void write(byte[] src, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, src.length);
    if (length > buffer.length - count) {
      flush();
    }
    int from = offset;
    int end = offset + length;
    while (end - from > buffer.length - count) {
      int fragment = Math.min(end - from, LARGE_FRAGMENT);
      send(src, from, fragment);
      from += fragment;
    }
    System.arraycopy(src, from, buffer, count, end - from);
    count += end - from;
  }

  /// Sends what is there as a fragment, if anything is.
  @Override
  public void flush() throws IOException {
    if (count > 0) {
      int gathered = count;
      count = 0;
      send(buffer, 0, gathered);
    }
  }

  /// Sends the last fragment. Idempotent.
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    bytesSent += count;
    try {
      outbox.sendFragment(this, first, buffer, 0, count, true);
    } finally {
      outbox.endStream(this);
    }
  }

  private void send(byte[] src, int from, int length) throws IOException {
    if (closed) {
      throw new IOException("the message has ended");
    }
    inbox.attend();
    bytesSent += length;
    outbox.sendFragment(this, first, src, from, length, false);
    first = Opcode.CONTINUATION;
  }
}
