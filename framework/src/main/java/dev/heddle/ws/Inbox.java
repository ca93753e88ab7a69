package dev.heddle.ws;

import dev.heddle.Connection;
import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The receiving half of a [WebSocket]. Whoever reads the connection answers Pings and Close
/// frames: a receiver; or, if nobody has received for a while and somebody wants to know, a thread
/// that reads ahead until the receiver comes back, or as much is there as may be.
///
/// Threading: who reads has the [ReadingRole].
final class Inbox implements ControlFrames {
  private final Connection connection;
  private final Outbox outbox;
  private final WebSocketOptions options;
  private final @Nullable MessageInflater inflater;
  private final ReadingRole role;
  private final Ending ending;
  private final InputWait input;
  private final IncomingMessages incoming;

  /// What was read ahead; made when it is first needed. Written by who reads; a receiver takes of
  /// it while another thread reads ahead.
  private volatile @Nullable ReadAhead ahead;

  /// Whether the server is closing. Any thread.
  private volatile boolean draining;

  Inbox(
      Connection connection,
      Outbox outbox,
      WebSocketOptions options,
      @Nullable MessageInflater inflater) {
    this.connection = connection;
    this.outbox = outbox;
    this.options = options;
    this.inflater = inflater;
    this.role = new ReadingRole(connection);
    this.ending = new Ending(connection, outbox, options.closeTimeout());
    this.input = new InputWait(connection, ending, options.closeTimeout());
    this.incoming =
        new IncomingMessages(
            new MessageReader(options.maxFrame(), inflater, this), options.maxMessage());
  }

  /// See [WebSocket#receive()].
  @Nullable Message receive() throws IOException {
    if (!enter()) {
      return takeAhead();
    }
    try {
      incoming.leaveStream();
      while (!ending.isAwaited()) {
        Message message = poll();
        if (message != null) {
          count(message);
          return message;
        }
        if (ending.isReached()) {
          return null;
        }
        if (beginWait()) {
          input.end(connection.fill());
        }
      }
      return null;
    } catch (IOException e) {
      return failed(e);
    } finally {
      role.leave();
    }
  }

  /// See [WebSocket#receiveStream()].
  @Nullable MessageInput receiveStream() throws IOException {
    if (!enter()) {
      return StreamedMessage.of(this, takeAhead());
    }
    try {
      incoming.leaveStream();
      while (!ending.isAwaited()) {
        StreamedMessage message = pollStream();
        if (message != null) {
          return message;
        }
        if (ending.isReached()) {
          return null;
        }
        if (beginWait()) {
          input.end(connection.fill());
        }
      }
      return null;
    } catch (IOException e) {
      return StreamedMessage.of(this, failed(e));
    } finally {
      role.leave();
    }
  }

  /// Reads of the message that is read as a stream.
  ///
  /// @return how many bytes, or -1 at its end
  int read(StreamedMessage message, byte[] dst, int offset, int length) throws IOException {
    enterWithin();
    try {
      int count = MessageReader.NEEDS_INPUT;
      while (count == MessageReader.NEEDS_INPUT) {
        if (!incoming.isStreaming(message)) {
          throw new IOException("the message has been left for the next");
        }
        if (ending.isAwaited()) {
          throw closed();
        }
        count = readOrWait(dst, offset, length);
      }
      if (count == MessageReader.END) {
        Observations.received(connection, message);
      }
      return count;
    } finally {
      role.leave();
    }
  }

  private int readOrWait(byte[] dst, int offset, int length) throws IOException {
    try {
      int count = incoming.read(connection.buffered(), dst, offset, length);
      if (count == MessageReader.NEEDS_INPUT) {
        if (ending.isReached()) {
          throw new EOFException("the peer has closed within a message");
        }
        input.begin(options.readTimeout(), true);
        input.end(connection.fill());
      }
      return count;
    } catch (IOException e) {
      IOException why = ending.failed(e);
      throw why != null ? why : e;
    }
  }

  private static IOException closed() {
    return new IOException("the WebSocket is closed");
  }

  /// Takes the role of the receiver.
  ///
  /// @return false if there is no need for it: see [#takeAhead]
  private boolean enter() throws IOException {
    if (role.tryEnter()) {
      return true;
    }
    if (role.isOwner()) {
      outbox.flush();
    }
    return role.enter(() -> hasReadAhead() || ending.isAwaited());
  }

  /// As [#enter], in the middle of a message.
  private void enterWithin() throws IOException {
    if (!role.tryEnter() && !role.enter(ending::isAwaited)) {
      throw closed();
    }
  }

  /// Takes what has been read ahead, while a thread goes on reading ahead.
  ///
  /// @return null if this side has closed
  private @Nullable Message takeAhead() throws IOException {
    ReadAhead queue = ahead;
    if (queue == null || ending.isAwaited()) {
      return null;
    }
    try {
      Message message = queue.poll();
      if (message != null) {
        count(message);
      }
      return message;
    } catch (IOException e) {
      return failed(e);
    }
  }

  /// The next message, if it is there and whole.
  private @Nullable Message poll() throws IOException {
    ReadAhead queue = ahead;
    Message before = queue == null ? null : queue.poll();
    if (before != null || ending.isOver()) {
      return before;
    }
    Message next = incoming.poll(connection.buffered());
    connection.releaseConsumed();
    return next;
  }

  private @Nullable StreamedMessage pollStream() throws IOException {
    ReadAhead queue = ahead;
    Message whole = queue == null ? null : queue.take();
    if (whole != null) {
      count(whole);
      return StreamedMessage.of(this, whole);
    }
    StreamedMessage begun =
        ending.isOver() ? null : incoming.pollStream(connection.buffered(), this);
    if (begun != null) {
      connection.countMessage();
    }
    return begun;
  }

  private void count(Message message) {
    connection.countMessage();
    Observations.received(connection, message);
  }

  /// @return null if this side does not mind
  private @Nullable Message failed(IOException cause) throws IOException {
    IOException why = ending.failed(cause);
    if (why != null) {
      throw why;
    }
    return null;
  }

  /// Prepares for the next message, or what is missing of it, to be waited for.
  ///
  /// @return false if this side closes instead
  private boolean beginWait() throws IOException {
    if (draining) {
      outbox.goAway();
      return false;
    }
    if (role.isOwner()) {
      outbox.flush();
    }
    boolean within = incoming.isWithinMessage() || connection.buffered().hasRemaining();
    input.begin(within ? options.readTimeout() : options.idleTimeout(), within);
    return true;
  }

  /// This side has closed: a receiver that waits is told so. Any thread.
  void wake() {
    role.signal();
    if (role.isReceiving()) {
      input.wake();
    }
  }

  @Override
  public void ping(byte[] data) {
    outbox.pong(data, role.isOwner());
  }

  @Override
  public void close(CloseStatus received) {
    ReadAhead queue = ahead;
    ending.closed(received, queue == null || !queue.isToBeAnswered());
  }

  private boolean hasReadAhead() {
    ReadAhead queue = ahead;
    return queue != null && !queue.isEmpty();
  }

  /// How receiving ends, or has ended.
  Ending ending() {
    return ending;
  }

  /// Whether the caller is the handler's thread.
  boolean isOwner() {
    return role.isOwner();
  }

  /// Whether what the caller sends may wait for what it sends next: it has just received, and more
  /// is there to be answered. Any thread.
  boolean willReceiveSoon() {
    return role.willReceiveSoon();
  }

  /// Whether nobody has received for a while, and nobody reads ahead. Any thread.
  boolean isToBeAttended() {
    return role.isLongAway();
  }

  /// Sees to it that control frames are read, though nobody receives. Any thread.
  void attend() {
    if (isToBeAttended() && role.beginAhead()) {
      ReadAhead queue = ahead;
      if (queue == null) {
        queue = new ReadAhead(connection, role, input, incoming, ending);
        ahead = queue;
      }
      queue.begin();
    }
  }

  /// The server is closing: the next wait for a message is the last. Any thread.
  ///
  /// @return whether somebody is waiting for one already
  boolean drain() {
    draining = true;
    return !role.isAway();
  }

  boolean isDraining() {
    return draining;
  }

  /// Whether somebody reads, so that a peer's silence is the peer's. Any thread.
  boolean isAttended() {
    return !role.isAway();
  }

  /// Waits for the peer's Close frame, as this side has sent its own, and frees what is native. The
  /// owner.
  void end() {
    input.leftByHandler();
    try {
      role.enter(() -> false);
    } catch (IOException | IllegalStateException e) {
      connection.close(); // another thread is still reading, which it should not
      return;
    }
    try {
      while (!ending.isReached()) {
        incoming.dropAll(connection.buffered());
        if (!ending.isOver()) {
          input.await();
        }
      }
    } catch (IOException e) {
      ending.failed(e); // it has not come, and will not
    } finally {
      role.leave();
    }
    if (inflater != null) {
      inflater.release();
    }
  }

  long compressionMemory() {
    return inflater == null ? 0 : inflater.memory();
  }
}
