package dev.heddle.ws;

import dev.heddle.Connection;
import java.io.EOFException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The receiving half of a [WebSocket].
///
/// At most one thread reads the connection at a time, and whoever does answers Pings and Close
/// frames:
///
/// ```
///              receive()                 another asks for something, and nobody has
///   RECEIVING <---------> AWAY <-------> received for a while
///   a receiver            nobody         AHEAD: a thread reads ahead, until the receiver comes back,
///                                        or as much is there as may be
/// ```
///
/// Threading: fields without a word about threads belong to whoever has the role.
final class Inbox implements ControlFrames {
  private static final int AWAY = 0;
  private static final int RECEIVING = 1;
  private static final int AHEAD = 2;

  /// For how long nobody receives until somebody reads ahead, in milliseconds.
  private static final long AWAY_MILLIS = 100;

  private static final int SCRATCH = 8 * 1024;
  private static final VarHandle ROLE;

  static {
    try {
      ROLE = MethodHandles.lookup().findVarHandle(Inbox.class, "role", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Connection connection;
  private final Outbox outbox;
  private final WebSocketOptions options;
  private final @Nullable MessageInflater inflater;
  private final MessageReader reader;
  private final MessageAssembler assembler;
  private final Thread owner = Thread.currentThread();

  /// What was read ahead; made when it is first needed.
  private @Nullable ReadAhead ahead;

  /// The message that is read as a stream, if it has not been read to its end.
  private @Nullable StreamedMessage stream;

  /// Whether the rest of the message under way is dropped.
  private boolean skipping;

  /// Whether nothing more will be received.
  private boolean over;

  /// Why, if the peer did not close as it should.
  private @Nullable IOException failure;

  // Any thread.
  private volatile int role;
  private volatile boolean receiverWaits;
  private volatile boolean draining;
  private volatile boolean dead;
  private volatile boolean echoOwed;
  private volatile @Nullable CloseStatus status;

  /// When a receiver last left, in milliseconds of the connection's clock. Any thread may look.
  private volatile long awaySince;

  /// Whether more bytes were there when it left. Its own.
  private boolean more;

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
    this.awaySince = connection.clockMillis();
  }

  /// See [WebSocket#receive()].
  @Nullable Message receive() throws IOException {
    enter();
    try {
      abandonStream();
      for (; ; ) {
        Message message = poll();
        if (message != null) {
          connection.countMessage();
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
      leave();
    }
  }

  /// See [WebSocket#receiveStream()].
  @Nullable MessageInput receiveStream() throws IOException {
    enter();
    try {
      abandonStream();
      for (; ; ) {
        StreamedMessage message = pollStream();
        if (message != null) {
          connection.countMessage();
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
      leave();
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
      leave();
    }
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
    if (isDropping()) {
      drop(in);
      if (isDropping()) {
        return null;
      }
    }
    return assembler.poll(in);
  }

  private @Nullable StreamedMessage pollStream() throws IOException {
    ByteBuffer in = connection.buffered();
    Message whole = ahead == null ? null : ahead.poll();
    if (whole != null) {
      return StreamedMessage.of(this, whole);
    }
    if (isDropping()) {
      drop(in);
      if (isDropping()) {
        return null;
      }
    }
    int opcode = reader.begin(in);
    if (opcode == MessageReader.NEEDS_INPUT) {
      return null;
    }
    StreamedMessage begun =
        new StreamedMessage(this, opcode == Opcode.TEXT, assembler.start(), false);
    assembler.forget();
    stream = begun;
    return begun;
  }

  private boolean isDropping() {
    return skipping || outbox.isClosing();
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
    if (isOwner()) {
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
    outbox.pong(data, isOwner());
  }

  @Override
  public void close(CloseStatus received) {
    status = received;
    over = true;
    if (ahead != null && !ahead.isEmpty()) {
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
    if (!ROLE.compareAndSet(this, AWAY, RECEIVING)) {
      if (isOwner()) {
        outbox.flush();
      }
      takeOver();
    }
  }

  /// Waits for whoever reads ahead to leave: when the next bytes come, at the latest.
  private synchronized void takeOver() throws IOException {
    while (!ROLE.compareAndSet(this, AWAY, RECEIVING)) {
      if (role == RECEIVING) {
        throw new IllegalStateException("another thread is receiving");
      }
      receiverWaits = true;
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        connection.close();
        throw new ClosedByInterruptException();
      }
    }
    receiverWaits = false;
  }

  private void leave() {
    more = connection.buffered().hasRemaining() && isOwner();
    awaySince = connection.clockMillis();
    ROLE.setRelease(this, AWAY);
  }

  /// Whether the caller is the handler's thread.
  boolean isOwner() {
    return Thread.currentThread().equals(owner);
  }

  /// Whether what the caller sends may wait for what it sends next: it has just received, and more
  /// is there to be answered. Any thread.
  boolean willReceiveSoon() {
    return more && isOwner() && connection.clockMillis() - awaySince < AWAY_MILLIS;
  }

  /// Sees to it that control frames are read, though nobody receives. Any thread.
  void attend() {
    if (role == AWAY && connection.clockMillis() - awaySince > AWAY_MILLIS) {
      beginReadingAhead();
    }
  }

  private void beginReadingAhead() {
    if (!ROLE.compareAndSet(this, AWAY, AHEAD)) {
      return;
    }
    ReadAhead before = ahead;
    if (before == null) {
      before = new ReadAhead();
      ahead = before;
    }
    if (over || stream != null || before.isFull(assembler)) {
      endReadingAhead();
    } else {
      Thread.ofVirtual().name("websocket-read-ahead").start(this::readAhead);
    }
  }

  private void readAhead() {
    ReadAhead queue = ahead;
    try {
      while (queue != null && !over && !receiverWaits && !queue.isFull(assembler)) {
        if (isDropping()) {
          drop(connection.buffered());
        }
        Message message =
            isDropping() ? null : assembler.pollAhead(connection.buffered(), ReadAhead.ENOUGH);
        if (message != null) {
          queue.add(message);
        } else if (!over && !queue.isFull(assembler)) {
          fill();
        }
      }
    } catch (IOException e) {
      record(e);
    } finally {
      endReadingAhead();
    }
  }

  private synchronized void endReadingAhead() {
    role = AWAY;
    notifyAll();
  }

  /// The server is closing: the next wait for a message is the last. Any thread.
  ///
  /// @return whether somebody is waiting for one already
  boolean drain() {
    draining = true;
    return role != AWAY;
  }

  boolean isDraining() {
    return draining;
  }

  /// Whether somebody reads, so that a peer's silence is the peer's. Any thread.
  boolean isAttended() {
    return role != AWAY;
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
      receive();
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
