package dev.heddle.ws;

import dev.heddle.Connection;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
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
  private static final VarHandle PONG;
  private static final VarHandle CLOSING;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      PONG = lookup.findVarHandle(Outbox.class, "pong", byte[].class);
      CLOSING = lookup.findVarHandle(Outbox.class, "closing", byte[].class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static final byte[] GOING_AWAY =
      CloseFrame.payload(CloseCode.GOING_AWAY, "the server is closing");

  private final Connection connection;
  private final OutputStream out;
  private final Duration closeTimeout;
  private final @Nullable MessageDeflater deflater;
  private final CompressionVariant variant;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private @Nullable MessageOutput stream;
  private @Nullable Condition streamEnded;

  /// Written within the lock; any thread may look.
  private volatile boolean closeSent;

  /// The payload of the Close frame, from when either side begins to close. Any thread.
  private volatile byte @Nullable [] closing;

  /// When the peer has to have answered, in milliseconds of the connection's clock. Written before
  /// closing begins; any thread.
  private volatile long cutAt;

  /// The payload of a Pong frame that waits for the lock: of the last Ping, which is enough (RFC
  /// 6455, section 5.5.3). Any thread.
  private volatile byte @Nullable [] pong;

  /// Whether a write has failed: a frame may have been cut, so nothing may follow. Any thread.
  private volatile boolean broken;

  /// Whether something was written and not flushed. Set by the owner alone, within the lock.
  private boolean unflushed;

  Outbox(
      Connection connection,
      Duration closeTimeout,
      CompressionVariant variant,
      @Nullable MessageDeflater deflater) {
    this.closeTimeout = closeTimeout;
    this.connection = connection;
    this.out = connection.output();
    this.variant = variant;
    this.deflater = deflater;
  }

  /// Sends a message.
  ///
  /// @param keepBack whether it may wait to leave with others until [#flush()]: for the owner, who
  ///   calls that
  void send(Message message, boolean keepBack) throws IOException {
    lock.lock();
    try {
      beginMessage();
      write(message);
      sent(keepBack);
    } finally {
      unlock();
    }
    Observations.sent(connection, message);
  }

  /// Sends messages that are the same for many.
  void send(Iterable<PreparedMessage> messages, boolean keepBack) throws IOException {
    lock.lock();
    try {
      beginMessage();
      for (PreparedMessage message : messages) {
        write(message);
      }
      sent(keepBack);
    } finally {
      unlock();
    }
    for (PreparedMessage message : messages) {
      Observations.sent(connection, message.message());
    }
  }

  void ping(byte[] data) throws IOException {
    lock.lock();
    try {
      checkOpen();
      writeFrame(Opcode.FIN | Opcode.PING, data, 0, data.length);
      sent(false);
    } finally {
      unlock();
    }
  }

  /// Answers a Ping, without waiting for a message that is being sent.
  ///
  /// @param keepBack as in [#send]
  void pong(byte[] data, boolean keepBack) {
    pong = data;
    settle(keepBack);
  }

  /// Begins to close, if that has not begun yet: messages that are sent from now on throw. Waits at
  /// most as a send does.
  ///
  /// @return whether it had not begun
  boolean close(byte[] payload) {
    if (closing != null) {
      return false;
    }
    cutAt = connection.clockMillis() + closeTimeout.toMillis();
    if (!CLOSING.compareAndSet(this, null, payload)) {
      return false;
    }
    connection.alarmAfter(closeTimeout);
    settle(false);
    return true;
  }

  /// Whether the peer has had its time to answer a Close frame.
  boolean isCloseOverdue() {
    return connection.clockMillis() >= cutAt;
  }

  /// Begins to close, as the server does.
  void goAway() {
    close(GOING_AWAY);
  }

  /// Whether either side has begun to close.
  boolean isClosing() {
    return closing != null;
  }

  /// Whether messages can be sent.
  boolean isOpen() {
    return closing == null && !broken;
  }

  /// The code of the Close frame that this side has sent, which is that of the peer's if that came
  /// first; null if none was sent.
  @Nullable CloseCode closeCode() {
    byte[] payload = closing;
    return payload == null || !closeSent || broken ? null : CloseFrame.code(payload);
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
        sent(false);
      } finally {
        unlock();
      }
    }
  }

  /// Takes the turn of a message that is sent in fragments, until [#endStream].
  MessageOutput beginStream(Inbox inbox, boolean text) throws IOException {
    lock.lock();
    try {
      beginMessage();
      MessageOutput begun = new MessageOutput(this, inbox, text, deflater != null);
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
      int fin = last ? Opcode.FIN : 0;
      MessageDeflater compressor = of.isCompressed() ? deflater : null;
      if (compressor != null) {
        byte[] deflated = compressor.deflate(src, from, length, last);
        writeFrame(first | fin, deflated, 0, deflated.length);
      } else {
        writeFrame(first | fin, src, from, length);
      }
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
        if (streamEnded != null) {
          streamEnded.signalAll();
        }
      }
    } finally {
      unlock();
    }
  }

  /// The connection has ended: nothing more is sent, and whoever wants to is told so.
  void fail() {
    broken = true;
  }

  /// The socket has ended: frees what is native, and lets nobody wait any more.
  void end() {
    fail();
    lock.lock();
    try {
      stream = null;
      if (streamEnded != null) {
        streamEnded.signalAll();
      }
      if (deflater != null) {
        deflater.release();
      }
    } finally {
      lock.unlock();
    }
  }

  long compressionMemory() {
    return deflater == null ? 0 : deflater.memory();
  }

  /// Waits for a message that is being sent in fragments.
  private void beginMessage() throws IOException {
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

  private void checkOpen() throws IOException {
    if (closing != null) {
      throw new IOException("the WebSocket is closed");
    }
    if (broken) {
      throw new IOException("the connection is broken");
    }
  }

  private void write(Message message) throws IOException {
    switch (message) {
      case Message.Text text -> write(Opcode.TEXT, text.utf8());
      case Message.Binary binary -> write(Opcode.BINARY, binary.bytes());
    }
  }

  private void write(int opcode, byte[] payload) throws IOException {
    MessageDeflater compressor = deflater;
    if (compressor != null && payload.length >= variant.minimumSize() && payload.length > 0) {
      byte[] deflated = compressor.deflate(payload, 0, payload.length, true);
      if (deflated.length < payload.length) {
        writeFrame(Opcode.FIN | Opcode.RSV1 | opcode, deflated, 0, deflated.length);
        return;
      }
      compressor.forget();
    }
    writeFrame(Opcode.FIN | opcode, payload, 0, payload.length);
  }

  private void write(PreparedMessage message) throws IOException {
    byte[] frame = message.frame(variant);
    try {
      out.write(frame);
    } catch (IOException e) {
      broken = true;
      throw e;
    }
    if (deflater != null && message.isCompressed(variant)) {
      deflater.forget();
    }
  }

  private void writeFrame(int first, byte[] src, int from, int length) throws IOException {
    try {
      FrameHead.write(out, first, length);
      out.write(src, from, length);
    } catch (IOException e) {
      broken = true;
      throw e;
    }
  }

  private void sent(boolean keepBack) throws IOException {
    if (keepBack) {
      unflushed = true;
      return;
    }
    try {
      connection.flush();
    } catch (IOException e) {
      broken = true;
      throw e;
    }
  }

  /// Gives the lock up, and sees to it that what was left for its holder is sent.
  private void unlock() {
    lock.unlock();
    settle(false);
  }

  /// Sends what is left for whoever holds the lock, unless somebody holds it: who then does so.
  private void settle(boolean keepBack) {
    while (owes() && lock.tryLock()) {
      try {
        writeOwed();
        sent(keepBack && closing == null);
      } catch (IOException e) {
        return; // it is broken, and whoever receives will find out why
      } finally {
        lock.unlock();
      }
    }
  }

  private boolean owes() {
    return (pong != null || (closing != null && !closeSent)) && !broken;
  }

  private void writeOwed() throws IOException {
    byte[] answer = (byte[]) PONG.getAndSet(this, null);
    if (answer != null && !closeSent) {
      writeFrame(Opcode.FIN | Opcode.PONG, answer, 0, answer.length);
    }
    byte[] goodbye = closing;
    if (goodbye != null && !closeSent) {
      closeSent = true;
      writeFrame(Opcode.FIN | Opcode.CLOSE, goodbye, 0, goodbye.length);
      if (streamEnded != null) {
        streamEnded.signalAll();
      }
    }
  }
}
