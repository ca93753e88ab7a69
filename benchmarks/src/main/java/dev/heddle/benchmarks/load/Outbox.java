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
  private int position; // of the next byte of the messages
  private long unsent; // bytes from there to the end of the last message that is due
  private @Nullable ByteBuffer aside;

  /// @param connection the connection's number, as in [RequestStream#start(int)]
  Outbox(RequestStream requests, int connection) {
    this.requests = requests;
    position = requests.start(connection);
  }

  /// Has so many further messages written.
  void addMessages(int count) {
    unsent += (long) count * requests.messageLength();
  }

  /// Has other bytes written before the next message that has not begun. Of several that have not
  /// begun either, only the last is written: RFC 6455, section 5.5.3, asks for no more of pings.
  void addAside(ByteBuffer bytes) {
    if (aside == null || aside.position() == 0) {
      aside = bytes;
    }
  }

  boolean isEmpty() {
    return unsent == 0 && aside == null;
  }

  /// Writes what the socket takes, and returns how many bytes that was.
  long write(SocketChannel channel) throws IOException {
    if (aside == null) {
      return writeMessages(channel, unsent);
    }
    long written = writeAside(channel);
    return aside == null ? written + writeMessages(channel, unsent) : written;
  }

  /// Writes what the socket takes up to the end of the aside, if there is one.
  long writeAside(SocketChannel channel) throws IOException {
    if (aside == null) {
      return 0;
    }
    long begun = unsent % requests.messageLength(); // what the message that has begun still lacks
    long written = writeMessages(channel, begun);
    if (written == begun) {
      written += channel.write(aside);
      if (!aside.hasRemaining()) {
        aside = null;
      }
    }
    return written;
  }

  /// Writes up to `count` bytes of messages, and returns how many the socket took.
  private long writeMessages(SocketChannel channel, long count) throws IOException {
    long written = 0;
    while (written < count) {
      int length = (int) Math.min(count - written, RequestStream.MAX_SLICE);
      int taken = channel.write(requests.at(position, length));
      position = requests.after(position, taken);
      written += taken;
      if (taken < length) {
        break;
      }
    }
    unsent -= written;
    return written;
  }
}
