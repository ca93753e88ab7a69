package dev.heddle.ws;

import dev.heddle.Connection;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The wait for more bytes of the peer, which ends when this side closes.
///
/// Some engines can wake a reader, others only end its input, for good. On those the peer is left a
/// moment to answer the Close frame: most do so at once, and then the reader wakes by that, and TCP
/// ends in good order.
///
/// Threading: whoever has the [ReadingRole] waits; any thread wakes.
final class InputWait {
  /// How long the peer may take to answer, at most, in milliseconds: the way there and back takes
  /// less almost anywhere, and who answers later is not heard.
  private static final int ANSWER_MILLIS = 1_000;

  private final Connection connection;
  private final Ending ending;
  private final int answerMillis;

  /// Whether the wait under way has a limit. Written by who waits.
  private boolean limited;

  /// Whether a wait is to end, though nothing has come and the stream has not ended.
  private volatile boolean woken;

  /// Whether the handler has returned: nobody needs to be woken any more. Written by the owner.
  private volatile boolean handlerGone;

  /// @param closeTimeout when the connection is cut; the reader is woken before
  InputWait(Connection connection, Ending ending, Duration closeTimeout) {
    this.connection = connection;
    this.ending = ending;
    this.answerMillis = (int) Math.min(ANSWER_MILLIS, closeTimeout.toMillis() / 2);
  }

  /// Waits until more bytes have come, or this side has closed, for ever.
  void await() throws IOException {
    end(connection.fill());
  }

  /// To be called before [Connection#fill()] by who waits with a limit. The filling is left to the
  /// caller: what the stack of a waiting thread holds is kept for as long as it waits, and copied
  /// when it goes on, so it had better be shallow.
  ///
  /// @param limit how long; zero: for ever
  /// @param within whether a message has begun
  void begin(Duration limit, boolean within) {
    limited = !limit.isZero();
    if (!limited) {
      return;
    }
    if (within) {
      connection.working(limit);
    } else {
      connection.awaiting(limit);
    }
  }

  /// To be called with what [Connection#fill()] has returned.
  ///
  /// @throws EOFException if nothing came, and not because this side has closed
  void end(boolean came) throws EOFException {
    if (!came && !takeWoken()) {
      throw new EOFException("the connection ended without a Close frame");
    }
    if (limited) {
      limited = false;
      connection.working(Duration.ZERO);
    }
  }

  private boolean takeWoken() {
    boolean taken = woken;
    woken = false;
    return taken;
  }

  /// Ends the wait of a receiver. Any thread.
  void wake() {
    woken = true;
    if (!connection.wakeReader()) {
      Thread.ofVirtual().name("websocket-waker").start(this::endInputUnlessAnswered);
    }
  }

  private void endInputUnlessAnswered() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(answerMillis));
    if (!ending.isOver() && !handlerGone) {
      connection.shutdownInput();
    }
  }

  /// The handler has returned. The owner.
  void leftByHandler() {
    handlerGone = true;
  }
}
