package dev.heddle.ws;

import dev.heddle.Connection;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The receiving half of a [WebSocket]. Whoever reads the connection answers Pings and Close
/// frames: a receiver; or, if nobody has received for a while and somebody wants to know, a thread
/// that reads ahead until the receiver comes back, or as much is there as may be.
///
/// Threading: fields without a word about threads belong to whoever has the [ReadingRole].
final class Inbox implements ControlFrames {
  private static final int SCRATCH = 8 * 1024;

  private final Connection connection;
  private final Outbox outbox;
  private final WebSocketOptions options;
  private final @Nullable MessageInflater inflater;
  private final MessageReader reader;
  private final MessageAssembler assembler;
  private final ReadingRole role;

  /// What was read ahead; made when it is first needed. Written by who reads; a receiver takes of
  /// it while another thread reads ahead.
  private volatile @Nullable ReadAhead ahead;

  /// The message that is read as a stream, if it has not been read to its end.
  private @Nullable StreamedMessage stream;

  /// Whether the rest of the message under way is dropped.
  private boolean skipping;

  /// Whether nothing more will be received. Written by who reads, and by a receiver that found a
  /// message that was read ahead too large.
  private volatile boolean over;

  /// Why, if the peer did not close as it should.
  private volatile @Nullable IOException failure;

  // Any thread.
  private volatile boolean draining;
  private volatile boolean dead;
  private volatile boolean echoOwed;
  private volatile @Nullable CloseStatus status;

  Inbox(
      Connection connection,
      Outbox outbox,
      WebSocketOptions options,
      @Nullable MessageInflater inflater) {
    this.connection = connection;
    this.outbox = outbox;
    this.options = options;
    this.inflater = inflater;
    this.reader = new MessageReader(options.maxFrame(), inflater, this);
    this.assembler = new MessageAssembler(reader, options.maxMessage());
    this.role = new ReadingRole(connection);
  }

  /// See [WebSocket#receive()].
  @Nullable Message receive() throws IOException {
    Message early = enterOrTake();
    if (early != null) {
      return received(early);
    }
    try {
      abandonStream();
      for (; ; ) {
        Message message = poll();
        if (message != null) {
          count(message);
          return message;
        }
        if (isOver()) {
          return null;
        }
        awaitInput();
      }
    } catch (IOException e) {
      return end(e);
    } finally {
      role.leave();
    }
  }

  /// See [WebSocket#receiveStream()].
  @Nullable MessageInput receiveStream() throws IOException {
    Message early = enterOrTake();
    if (early != null) {
      count(early);
      return StreamedMessage.of(this, early);
    }
    try {
      abandonStream();
      for (; ; ) {
        StreamedMessage message = pollStream();
        if (message != null) {
          return message;
        }
        if (isOver()) {
          return null;
        }
        awaitInput();
      }
    } catch (IOException e) {
      end(e);
      return null;
    } finally {
      role.leave();
    }
  }

  /// Reads of the message that is read as a stream.
  ///
  /// @return how many bytes, or -1 at its end
  int read(StreamedMessage message, byte[] dst, int offset, int length) throws IOException {
    enter();
    try {
      for (; ; ) {
        if (!message.equals(stream)) {
          throw new IOException("the message has been left for the next");
        }
        int count = reader.read(connection.buffered(), dst, offset, length);
        if (count == MessageReader.END) {
          stream = null;
          Observations.received(connection, message);
        }
        if (count != MessageReader.NEEDS_INPUT) {
          return count;
        }
        if (isOver()) {
          throw new EOFException("the peer has closed within a message");
        }
        awaitInput();
      }
    } catch (IOException e) {
      if (!over) {
        end(e);
      }
      throw e;
    } finally {
      role.leave();
    }
  }

  /// A message that was taken without the role of the receiver.
  private @Nullable Message received(Message early) throws IOException {
    try {
      assembler.checkSize(early.length());
    } catch (IOException e) {
      return end(e);
    }
    count(early);
    return early;
  }

  private void count(Message message) {
    connection.countMessage();
    Observations.received(connection, message);
  }

  /// What is there of the next message, if it is whole.
  private @Nullable Message poll() throws IOException {
    ByteBuffer in = connection.buffered();
    ReadAhead before = ahead;
    if (before != null) {
      Message message = before.poll();
      if (message != null) {
        assembler.checkSize(message.length());
        return message;
      }
    }
    if (!isDropped(in)) {
      return null;
    }
    return assembler.poll(in);
  }

  private @Nullable StreamedMessage pollStream() throws IOException {
    ByteBuffer in = connection.buffered();
    ReadAhead before = ahead;
    Message whole = before == null ? null : before.poll();
    if (whole != null) {
      count(whole);
      return StreamedMessage.of(this, whole);
    }
    if (!isDropped(in)) {
      return null;
    }
    int opcode = reader.begin(in);
    if (opcode == MessageReader.NEEDS_INPUT) {
      return null;
    }
    StreamedMessage begun =
        new StreamedMessage(this, opcode == Opcode.TEXT, assembler.start(), false);
    assembler.forget();
    connection.countMessage();
    stream = begun;
    return begun;
  }

  private boolean isDropping() {
    return skipping || outbox.isClosing();
  }

  /// Drops what is to be dropped, and tells whether what follows is wanted.
  private boolean isDropped(ByteBuffer in) throws IOException {
    if (isDropping()) {
      drop(in);
    }
    return !isDropping();
  }

  /// Drops the message under way, and all others if this side has closed.
  private void drop(ByteBuffer in) throws IOException {
    byte[] scratch = new byte[SCRATCH];
    assembler.forget();
    while (reader.isWithinMessage() || (!skipping && reader.begin(in) != 0)) {
      int count = reader.read(in, scratch, 0, scratch.length);
      if (count == MessageReader.NEEDS_INPUT) {
        return;
      }
      skipping &= count != MessageReader.END;
      if (!isDropping()) {
        return;
      }
    }
  }

  private void abandonStream() {
    if (stream != null) {
      stream = null;
      skipping = true;
    }
  }

  /// Waits until more bytes have come.
  ///
  /// The frames below a waiting thread are copied whenever it goes on: hence no more work here.
  private void awaitInput() throws IOException {
    if (draining) {
      outbox.goAway();
    }
    if (role.isOwner()) {
      outbox.flush();
    }
    boolean within = reader.isWithinMessage() || connection.buffered().hasRemaining();
    Duration limit = within ? options.readTimeout() : options.idleTimeout();
    if (limit.isZero()) {
      fill();
      return;
    }
    if (within) {
      connection.working(limit);
    } else {
      connection.awaiting(limit);
    }
    fill();
    connection.working(Duration.ZERO);
  }

  private void fill() throws IOException {
    if (!connection.fill()) {
      throw new EOFException("the connection ended without a Close frame");
    }
  }

  /// Whether nothing more will come, in good order.
  ///
  /// @throws IOException if it was not in good order
  private boolean isOver() throws IOException {
    IOException why = failure;
    if (why != null) {
      throw why;
    }
    if (echoOwed) {
      echoClose();
    }
    return over;
  }

  @Override
  public void ping(byte[] data) {
    outbox.pong(data, role.isOwner());
  }

  @Override
  public void close(CloseStatus received) {
    status = received;
    over = true;
    if (hasReadAhead()) {
      echoOwed = true; // what came before may be answered before
      connection.alarmAfter(options.closeTimeout());
    } else {
      echoClose();
    }
  }

  /// Answers the peer's Close frame, if there is one and that has not been done. Any thread.
  void echoClose() {
    CloseStatus received = status;
    if (received != null && !received.code().equals(CloseCode.ABNORMAL)) {
      echoOwed = false;
      outbox.close(CloseFrame.payload(received.code(), ""));
    }
  }

  /// Whether the peer's Close frame has been read ahead, and waits to be answered until the
  /// messages before it have been received. Any thread.
  boolean owesEcho() {
    return echoOwed;
  }

  /// Ends receiving, as something went wrong.
  ///
  /// @return null if this side had closed, and so does not mind
  /// @throws IOException what went wrong, if it minds
  private @Nullable Message end(IOException cause) throws IOException {
    IOException why = record(cause);
    if (why != null) {
      throw why;
    }
    return null;
  }

  private @Nullable IOException record(IOException cause) {
    if (over) {
      return failure;
    }
    over = true;
    status = CloseStatus.ABNORMAL;
    if (outbox.isClosing()) {
      return null;
    }
    switch (cause) {
      case WebSocketException e -> outbox.close(CloseFrame.payload(e.code(), e.what()));
      case SocketTimeoutException _ ->
          outbox.close(CloseFrame.payload(CloseCode.GOING_AWAY, "nothing came for too long"));
      default -> outbox.fail();
    }
    failure = dead ? new IOException("the peer has answered no Ping", cause) : cause;
    return failure;
  }

  /// Takes the role of the receiver.
  private void enter() throws IOException {
    if (!role.tryEnter()) {
      if (role.isOwner()) {
        outbox.flush();
      }
      role.enter(() -> false);
    }
  }

  /// Takes the role of the receiver; or, without it, a message that has been read ahead, while a
  /// thread goes on reading ahead.
  private @Nullable Message enterOrTake() throws IOException {
    if (role.tryEnter()) {
      return null;
    }
    if (role.isOwner()) {
      outbox.flush();
    }
    for (; ; ) {
      if (role.enter(this::hasReadAhead)) {
        return null;
      }
      ReadAhead queue = ahead;
      Message message = queue == null ? null : queue.poll();
      if (message != null) {
        return message;
      }
    }
  }

  private boolean hasReadAhead() {
    ReadAhead queue = ahead;
    return queue != null && !queue.isEmpty();
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

  /// Sees to it that control frames are read, though nobody receives. Any thread.
  void attend() {
    if (role.isLongAway() && role.beginAhead()) {
      beginReadingAhead();
    }
  }

  private void beginReadingAhead() {
    ReadAhead before = ahead;
    if (before == null) {
      before = new ReadAhead();
      ahead = before;
    }
    if (over || stream != null || before.isFull(assembler)) {
      role.endAhead();
    } else {
      Thread.ofVirtual().name("websocket-read-ahead").start(this::readAhead);
    }
  }

  private void readAhead() {
    ReadAhead queue = ahead;
    try {
      while (queue != null && !over && !role.isReceiverWaiting() && !queue.isFull(assembler)) {
        ByteBuffer in = connection.buffered();
        Message message = isDropped(in) ? assembler.pollAhead(in, ReadAhead.ENOUGH) : null;
        if (message != null) {
          queue.add(message);
        } else if (!over && !queue.isFull(assembler)) {
          fill();
        }
      }
    } catch (IOException e) {
      record(e);
    } finally {
      role.endAhead();
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

  /// The peer is dead: ends the connection. Any thread.
  void giveUp() {
    dead = true;
    connection.close();
  }

  /// How it ended. Any thread.
  @Nullable CloseStatus status() {
    return status;
  }

  /// Waits for the peer's Close frame, as this side has sent its own, and frees what is native. The
  /// owner.
  void end() {
    try {
      while (receive() != null) {
        // read ahead, and not wanted any more
      }
    } catch (IOException e) {
      // it has not come, and will not
    } catch (IllegalStateException e) {
      connection.close(); // another thread is still receiving, which it should not
      return;
    }
    if (inflater != null) {
      inflater.release();
    }
  }

  long compressionMemory() {
    return inflater == null ? 0 : inflater.memory();
  }
}
