package dev.heddle.ws;

import dev.heddle.Connection;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The sending half of a [WebSocket]: frames, whole and one after the other (RFC 6455, section 5),
/// from whatever thread.
///
/// The lock is held while a frame is written, and so while the network does not take it: that is
/// the backpressure. Who must not wait for it, to answer a Ping or to close, leaves what is to be
/// sent for whoever holds the lock: see [#settle].
///
/// Threading: any thread.
final class Outbox {
  private static final byte[] GOING_AWAY =
      CloseFrame.payload(CloseCode.GOING_AWAY, "the server is closing");

  private final Connection connection;
  private final Duration closeTimeout;
  private final OwedFrames owed = new OwedFrames();
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private final FrameWriter writer;
  private @Nullable MessageOutput stream;
  private @Nullable Condition streamEnded;

  /// When the peer has to have answered, in milliseconds of the connection's clock. Written before
  /// closing begins; any thread.
  private volatile long cutAt;

  /// Whether something was written and not flushed. Set by the owner alone, within the lock.
  private boolean unflushed;

  Outbox(
      Connection connection,
      Duration closeTimeout,
      CompressionVariant variant,
      @Nullable MessageDeflater deflater) {
    this.closeTimeout = closeTimeout;
    this.connection = connection;
    this.writer = new FrameWriter(connection, variant, deflater);
  }

  /// Sends a message.
  ///
  /// @param keepBack whether it may wait to leave with others until [#flush()]: for the owner, who
  ///   calls that
  void send(Message message, boolean keepBack) throws IOException {
    send(() -> writer.write(message), keepBack);
    Observations.sent(connection, message);
  }

  /// As [#send(Message, boolean)], one that is the same for many.
  void send(PreparedMessage message, boolean keepBack) throws IOException {
    send(() -> writer.write(message), keepBack);
    Observations.sent(connection, message.message());
  }

  /// As [#send(PreparedMessage, boolean)], several.
  void send(Iterable<PreparedMessage> messages, boolean keepBack) throws IOException {
    send(
        () -> {
          for (PreparedMessage message : messages) {
            writer.write(message);
          }
        },
        keepBack);
    for (PreparedMessage message : messages) {
      Observations.sent(connection, message.message());
    }
  }

  /// What writes frames.
  private interface Writing {
    void write() throws IOException;
  }

  private void send(Writing frames, boolean keepBack) throws IOException {
    lock.lock();
    try {
      awaitTurn();
      frames.write();
      sent(keepBack);
    } finally {
      unlock();
    }
  }

  /// Whether that which [#tryToSend] sends may leave, as far as can be seen by looking.
  boolean canTryToSend() {
    return !lock.isLocked() && stream == null && isOpen() && connection.canTryWrite();
  }

  /// Sends a message without waiting: neither for others who are sending, nor for the network. What
  /// others then leave for this thread to send may take waiting, and so is to be flushed, too.
  Delivery tryToSend(PreparedMessage message) throws IOException {
    if (!lock.tryLock()) {
      return Delivery.NOT_BEGUN;
    }
    Delivery delivery = Delivery.NOT_BEGUN;
    try {
      checkOpen();
      if (stream == null) {
        delivery = writer.tryToSend(message);
      }
    } finally {
      lock.unlock();
    }
    if (delivery == Delivery.NOT_BEGUN) {
      return delivery;
    }
    Observations.sent(connection, message.message());
    return owed.isAny() ? Delivery.TO_BE_FLUSHED : delivery;
  }

  /// Sends what has been written, whoever wrote it.
  void flushAll() throws IOException {
    lock.lock();
    try {
      writer.flush();
    } finally {
      unlock();
    }
  }

  void ping(byte[] data) throws IOException {
    lock.lock();
    try {
      checkOpen();
      writer.writeControl(Opcode.PING, data);
      sent(false);
    } finally {
      unlock();
    }
  }

  /// Answers a Ping, without waiting for a message that is being sent.
  ///
  /// @param keepBack as in [#send]
  void pong(byte[] data, boolean keepBack) {
    owed.offerPong(data);
    settle(keepBack);
  }

  /// Begins to close, if that has not begun yet: messages that are sent from now on throw. Waits at
  /// most as a send does.
  ///
  /// @return whether it had not begun
  boolean close(byte[] payload) {
    if (owed.isClosing()) {
      return false;
    }
    cutAt = connection.clockMillis() + closeTimeout.toMillis();
    if (!owed.offerClose(payload)) {
      return false;
    }
    connection.alarmAfter(closeTimeout);
    settle(false);
    return true;
  }

  /// Begins to close, as the server does.
  ///
  /// @return as [#close]
  boolean goAway() {
    return close(GOING_AWAY);
  }

  /// Whether the peer has had its time to answer a Close frame.
  boolean isCloseOverdue() {
    return connection.clockMillis() >= cutAt;
  }

  /// Whether either side has begun to close.
  boolean isClosing() {
    return owed.isClosing();
  }

  /// Whether messages can be sent.
  boolean isOpen() {
    return !owed.isClosing() && !writer.isBroken();
  }

  /// The code of the Close frame that this side has sent, which is that of the peer's if that came
  /// first; null if none was sent.
  @Nullable CloseCode closeCode() {
    return writer.isBroken() ? null : owed.closeCode();
  }

  /// Sends what was kept back. The owner.
  ///
  /// If another thread is sending, it flushes, and so sends all that was written before.
  void flush() throws IOException {
    if (!unflushed) {
      return;
    }
    unflushed = false;
    if (lock.tryLock()) {
      try {
        writer.flush();
      } finally {
        unlock();
      }
    }
  }

  /// Takes the turn of a message that is sent in fragments, until [#endStream].
  MessageOutput beginStream(Inbox inbox, boolean text) throws IOException {
    lock.lock();
    try {
      awaitTurn();
      MessageOutput begun = new MessageOutput(this, inbox, text, writer.isCompressing());
      stream = begun;
      return begun;
    } finally {
      unlock();
    }
  }

  /// Sends a fragment of the stream under way.
  void sendFragment(MessageOutput of, int first, byte[] src, int from, int length, boolean last)
      throws IOException {
    lock.lock();
    try {
      checkOpen();
      if (!of.equals(stream)) {
        throw new IOException("the message has ended");
      }
      writer.writeFragment(first, src, from, length, of.isCompressed(), last);
      sent(false);
    } finally {
      unlock();
    }
    if (last) {
      Observations.sent(connection, of);
    }
  }

  /// Lets others send again.
  void endStream(MessageOutput ended) {
    lock.lock();
    try {
      if (ended.equals(stream)) {
        stream = null;
        wakeSenders();
      }
    } finally {
      unlock();
    }
  }

  /// The connection has ended: nothing more is sent, and whoever wants to is told so.
  void fail() {
    writer.fail();
  }

  /// Waits until the Close frame has left, if another thread is sending something before it to a
  /// slow peer. Not for longer than the peer has to answer: then the connection is cut.
  void awaitClose() {
    lock.lock();
    unlock();
  }

  /// The socket has ended: frees what is native, and lets nobody wait any more.
  void end() {
    fail();
    lock.lock();
    try {
      stream = null;
      wakeSenders();
      writer.release();
    } finally {
      lock.unlock();
    }
  }

  long compressionMemory() {
    return writer.compressionMemory();
  }

  /// Waits for a message that is being sent in fragments.
  private void awaitTurn() throws IOException {
    checkOpen();
    MessageOutput open = stream;
    while (open != null) {
      if (open.isOf(Thread.currentThread())) {
        throw new IllegalStateException("the message that this thread is sending has not ended");
      }
      if (streamEnded == null) {
        streamEnded = lock.newCondition();
      }
      try {
        streamEnded.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while another message was being sent");
      }
      checkOpen();
      open = stream;
    }
  }

  /// Has those who wait for their turn look again.
  private void wakeSenders() {
    if (streamEnded != null) {
      streamEnded.signalAll();
    }
  }

  private void checkOpen() throws IOException {
    if (owed.isClosing()) {
      throw new IOException("the WebSocket is closed");
    }
    if (writer.isBroken()) {
      throw new IOException("the connection is broken");
    }
  }

  private void sent(boolean keepBack) throws IOException {
    if (keepBack) {
      unflushed = true;
    } else {
      writer.flush();
    }
  }

  /// Gives the lock up, and sees to it that what was left for its holder is sent.
  private void unlock() {
    lock.unlock();
    settle(false);
  }

  /// Sends what is left for whoever holds the lock, unless somebody holds it: who then does so.
  private void settle(boolean keepBack) {
    while (owed.isAny() && !writer.isBroken() && lock.tryLock()) {
      try {
        writeOwed();
        sent(keepBack && !owed.isClosing());
      } catch (IOException e) {
        return; // it is broken, and whoever receives will find out why
      } finally {
        lock.unlock();
      }
    }
  }

  private void writeOwed() throws IOException {
    byte[] pong = owed.takePong();
    if (pong != null) {
      writer.writeControl(Opcode.PONG, pong);
    }
    byte[] close = owed.takeClose();
    if (close != null) {
      wakeSenders();
      writer.writeControl(Opcode.CLOSE, close);
    }
  }
}
