package dev.heddle.benchmarks.load;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The replies of one connection: finds where each one ends, and checks it.
interface ReplyReader {
  /// What is said on a new connection before any message, for protocols that begin so. The reader
  /// then tells [Replies#opened()] when the server has agreed.
  default @Nullable ByteBuffer greeting() {
    return null;
  }

  /// Consumes all of `bytes` and tells `replies` of each reply that ended in them.
  ///
  /// @throws ReplyException when the connection cannot be made sense of any more
  void read(ByteBuffer bytes, Replies replies) throws ReplyException;

  /// Says that the server sends no more, for replies that end so.
  default void endOfStream(Replies replies) throws ReplyException {}

  /// Whether a reply has begun and not ended.
  boolean midReply();

  /// Where a reader tells what it found, in the order of the replies.
  interface Replies {
    /// The server has agreed to the greeting: messages may follow.
    void opened();

    /// Has bytes sent that are no message, between two messages: the answer to a ping.
    void say(ByteBuffer bytes);

    /// So many replies, all as they should be.
    void completed(int count) throws ReplyException;

    /// A whole reply, but a wrong one. The connection goes on.
    void failed(ErrorKind kind) throws ReplyException;

    /// The reply before was this connection's last: the server is about to close it, as it may.
    void last();
  }
}
