package dev.heddle.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// What one connection has still to write: messages out of its [RequestStream], and now and then an
/// aside of the protocol's own, such as the answer to a ping, between two messages.
///
/// Belongs to the thread of its loop.
final class Outbox {
  private final RequestStream requests;
  private final long start;
  private long sent;
  private long due;
  private @Nullable ByteBuffer aside;

  /// @param connection the connection's number, as in [RequestStream#start(int)]
  Outbox(RequestStream requests, int connection) {
    this.requests = requests;
    start = requests.start(connection);
    sent = start;
    due = start;
  }

  /// Has so many further messages written.
  void addMessages(int count) {
    due += (long) count * requests.messageLength();
  }

  /// Has other bytes written before the next message that has not begun. Of several that have not
  /// begun either, only the last is written: RFC 6455, section 5.5.3, asks for no more of pings.
  void addAside(ByteBuffer bytes) {
    if (aside == null || aside.position() == 0) {
      aside = bytes;
    }
  }

  boolean isEmpty() {
    return sent == due && aside == null;
  }

  /// Writes what the socket takes, and returns how many bytes that was.
  long write(SocketChannel channel) throws IOException {
    if (aside == null) {
      return writeMessages(channel, due);
    }
    long written = writeAside(channel);
    return aside == null ? written + writeMessages(channel, due) : written;
  }

  /// Writes what the socket takes up to the end of the aside, if there is one.
  long writeAside(SocketChannel channel) throws IOException {
    if (aside == null) {
      return 0;
    }
    long length = requests.messageLength();
    long boundary = start + Math.ceilDiv(sent - start, length) * length;
    long written = writeMessages(channel, boundary);
    if (sent == boundary) {
      written += channel.write(aside);
      if (!aside.hasRemaining()) {
        aside = null;
      }
    }
    return written;
  }

  private long writeMessages(SocketChannel channel, long end) throws IOException {
    long written = requests.write(channel, sent, end - sent);
    sent += written;
    return written;
  }
}
