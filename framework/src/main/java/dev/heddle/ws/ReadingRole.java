package dev.heddle.ws;

import dev.heddle.Connection;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.ClosedByInterruptException;
import java.util.function.BooleanSupplier;

/// Who reads a connection: at most one thread at a time.
///
/// ```
///              enter, leave              beginAhead, endAhead
///   RECEIVING <-------------> AWAY <-----------------------> AHEAD
///   a receiver                nobody                         a thread that reads ahead, until a
///                                                            receiver waits for it to end
/// ```
///
/// What one holder of the role wrote, the next one sees.
///
/// Threading: any thread.
final class ReadingRole {
  private static final int AWAY = 0;
  private static final int RECEIVING = 1;
  private static final int AHEAD = 2;

  /// For how long nobody receives until that is called away, in milliseconds.
  private static final long AWAY_MILLIS = 100;

  private static final VarHandle ROLE;

  static {
    try {
      ROLE = MethodHandles.lookup().findVarHandle(ReadingRole.class, "role", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Connection connection;
  private final Thread owner = Thread.currentThread();
  private volatile int role;
  private volatile boolean receiverWaits;

  /// When a receiver last left, in milliseconds of the connection's clock. Written before the role
  /// is given up, and looked at behind it.
  private long leftAt;

  /// Whether the owner has left with more bytes there. The owner's.
  private boolean more;

  /// Nobody reads. To be called by the handler's thread.
  ReadingRole(Connection connection) {
    this.connection = connection;
    this.leftAt = connection.clockMillis();
  }

  /// Takes the role of the receiver, if nobody reads.
  boolean tryEnter() {
    return ROLE.compareAndSet(this, AWAY, RECEIVING);
  }

  /// Takes the role of the receiver, when whoever reads ahead has ended: when the next bytes have
  /// come, at the latest. As those may never come, a receiver that would be content with what has
  /// been read already does not wait for it.
  ///
  /// @param isContent whether there is something of that kind
  /// @return false if the receiver is content, and has no role
  /// @throws IllegalStateException if another thread is receiving
  synchronized boolean enter(BooleanSupplier isContent) throws IOException {
    while (!tryEnter()) {
      if (role == RECEIVING) {
        throw new IllegalStateException("another thread is receiving");
      }
      receiverWaits = true; // before it looks: who reads ahead adds, and then looks at this
      if (isContent.getAsBoolean()) {
        receiverWaits = false;
        return false;
      }
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        connection.close();
        throw new ClosedByInterruptException();
      }
    }
    receiverWaits = false;
    return true;
  }

  /// Has a receiver that waits for the role look again whether it is content. Any thread.
  synchronized void signal() {
    if (receiverWaits) {
      notifyAll();
    }
  }

  /// Gives the role of the receiver up.
  void leave() {
    more = connection.buffered().hasRemaining() && isOwner();
    leftAt = connection.clockMillis();
    ROLE.setRelease(this, AWAY);
  }

  /// Takes the role of who reads ahead.
  ///
  /// @return false if somebody reads
  boolean beginAhead() {
    return ROLE.compareAndSet(this, AWAY, AHEAD);
  }

  /// Whether who reads ahead should end soon.
  boolean isReceiverWaiting() {
    return receiverWaits;
  }

  /// Gives the role of who reads ahead up.
  synchronized void endAhead() {
    role = AWAY;
    notifyAll();
  }

  /// Whether a receiver reads.
  boolean isReceiving() {
    return role == RECEIVING;
  }

  /// Whether nobody reads.
  boolean isAway() {
    return role == AWAY;
  }

  /// Whether nobody has read for a while.
  boolean isLongAway() {
    return role == AWAY && connection.clockMillis() - leftAt > AWAY_MILLIS;
  }

  /// Whether the caller is the handler's thread.
  boolean isOwner() {
    return Thread.currentThread().equals(owner);
  }

  /// Whether the caller has just received, and more is there for it to receive.
  boolean willReceiveSoon() {
    return more && isOwner() && connection.clockMillis() - leftAt < AWAY_MILLIS;
  }
}
