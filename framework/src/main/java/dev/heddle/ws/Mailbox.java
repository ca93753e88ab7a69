package dev.heddle.ws;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// What one member of a [Room] is yet to be sent: bounded, in order, and nothing at all while it is
/// empty.
///
/// ```
///            put                     a courier comes
///   EMPTY  ------->  waits for one  ---------------->  in hand  <--+
///     ^                                                 |    |     | sends one message
///     +-------------------------------------------------+    +-----+ after the other
///                        nothing is left
/// ```
///
/// A full mailbox does not make a slow member: it fills, too, when many messages come before a
/// courier has had a turn. Only where the courier itself waits, it waits for the peer, and the
/// policy decides. Else the sender waits, for no longer than the couriers work.
///
/// A message that nothing waits before may leave at once, without a courier, as far as the network
/// takes it.
///
/// Any thread puts; one courier at a time takes.
final class Mailbox implements Runnable {
  /// How much a courier takes at once, in messages and in bytes: those leave together.
  private static final int BATCH = 16;

  private static final int BATCH_BYTES = 16 * 1024;

  /// How often a sender lets others go first before it sleeps.
  private static final int YIELDS = 3;

  private static final long NAP_NANOS = 100_000;

  private final WebSocket socket;
  private final RoomOptions options;
  private final Executor couriers;
  private final Runnable gone;

  // All guarded by this.
  private @Nullable PreparedMessage oldest;
  private @Nullable Queue<PreparedMessage> others; // behind the oldest; null while there are none
  private boolean handedOver;
  private boolean toBeFlushed; // a part of a message is written: the courier is to send it
  private @Nullable Thread courier;
  private boolean closed;
  private long dropped;

  private enum Attempt {
    PUT,
    DROPPED,
    TOO_SLOW,
    COURIERS_ARE_BUSY
  }

  /// An empty mailbox.
  ///
  /// @param gone called by the courier that finds the socket closed
  Mailbox(WebSocket socket, RoomOptions options, Executor couriers, Runnable gone) {
    this.socket = socket;
    this.options = options;
    this.couriers = couriers;
    this.gone = gone;
  }

  /// Whether a message may leave at once. A guess, by looking alone.
  boolean canSendAtOnce() {
    return !handedOver && socket.canTryToSend();
  }

  /// Puts a message behind the others.
  ///
  /// @param atOnce whether the caller sends it, if it need not wait for that; else a courier does
  /// @return false if the policy now wants the socket closed
  boolean put(PreparedMessage message, boolean atOnce) {
    Attempt attempt = tryToPut(message, atOnce);
    for (int times = 0; attempt == Attempt.COURIERS_ARE_BUSY; times++) {
      letThemWork(times);
      attempt = tryToPut(message, atOnce);
    }
    return attempt != Attempt.TOO_SLOW;
  }

  @SuppressWarnings("ThreadPriorityCheck") // a hint is what we mean
  private static void letThemWork(int times) {
    if (times < YIELDS || Thread.currentThread().isInterrupted()) {
      Thread.yield();
    } else {
      LockSupport.parkNanos(NAP_NANOS);
    }
  }

  private synchronized Attempt tryToPut(PreparedMessage message, boolean atOnce) {
    if (closed) {
      return Attempt.DROPPED;
    }
    if (atOnce && !handedOver && isSentAtOnce(message)) {
      return Attempt.PUT;
    }
    if (count() == options.mailbox()) {
      if (!isHeldUp()) {
        return Attempt.COURIERS_ARE_BUSY;
      }
      dropped++;
      switch (options.policy()) {
        case DROP_OLDEST -> removeOldest();
        case DROP_NEWEST -> {
          return Attempt.DROPPED;
        }
        case CLOSE -> {
          discard();
          return Attempt.TOO_SLOW;
        }
      }
    }
    append(message);
    handOver();
    return Attempt.PUT;
  }

  /// Sends a message as far as that takes no waiting. Where nothing is handed over, nothing waits.
  private boolean isSentAtOnce(PreparedMessage message) {
    try {
      Delivery delivery = socket.tryToSend(message);
      if (delivery == Delivery.TO_BE_FLUSHED) {
        toBeFlushed = true;
        handOver();
      }
      return delivery != Delivery.NOT_BEGUN;
    } catch (IOException e) {
      return false; // the courier will find that out
    }
  }

  private void handOver() {
    if (!handedOver) {
      handedOver = true;
      couriers.execute(this);
    }
  }

  /// Whether the courier waits for the peer. A blocked one waits for this mailbox.
  private boolean isHeldUp() {
    return courier != null
        && (courier.getState() == Thread.State.WAITING
            || courier.getState() == Thread.State.TIMED_WAITING);
  }

  private int count() {
    return (oldest == null ? 0 : 1) + (others == null ? 0 : others.size());
  }

  private void append(PreparedMessage message) {
    if (oldest == null) {
      oldest = message;
      return;
    }
    if (others == null) {
      others = new ArrayDeque<>();
    }
    others.add(message);
  }

  private @Nullable PreparedMessage removeOldest() {
    PreparedMessage message = oldest;
    oldest = others == null ? null : others.poll();
    if (others != null && others.isEmpty()) {
      others = null;
    }
    return message;
  }

  /// Accepts no more messages; those that are in it are still sent.
  synchronized void close() {
    closed = true;
  }

  /// Messages that the policy has dropped.
  synchronized long dropped() {
    return dropped;
  }

  /// Sends what is in it. For a courier.
  @Override
  public void run() {
    try {
      if (beginFlush()) {
        socket.flushAll();
      }
      for (PreparedMessage next; (next = take()) != null; ) {
        send(next);
      }
    } catch (IOException e) {
      lose();
    } catch (RuntimeException | Error e) {
      lose();
      throw e;
    }
  }

  /// Whether something is to be flushed before the next message.
  private synchronized boolean beginFlush() {
    boolean flush = toBeFlushed;
    toBeFlushed = false;
    courier = Thread.currentThread();
    return flush;
  }

  /// The next message to send; null if the courier may leave.
  private synchronized @Nullable PreparedMessage take() {
    PreparedMessage next = removeOldest();
    courier = next == null ? null : Thread.currentThread();
    handedOver = next != null;
    return next;
  }

  private void send(PreparedMessage first) throws IOException {
    List<PreparedMessage> batch = takeBehind(first);
    if (batch.isEmpty()) {
      socket.send(first);
    } else {
      socket.sendAll(batch);
    }
  }

  /// A message with those that can leave together with it; none if it is alone.
  private synchronized List<PreparedMessage> takeBehind(PreparedMessage first) {
    if (oldest == null) {
      return List.of();
    }
    List<PreparedMessage> batch = new ArrayList<>(BATCH);
    batch.add(first);
    int bytes = first.message().length();
    while (oldest != null && batch.size() < BATCH) {
      bytes += oldest.message().length();
      if (bytes > BATCH_BYTES) {
        break;
      }
      batch.add(oldest);
      removeOldest();
    }
    return batch;
  }

  /// The socket is closed: nobody needs what is in the mailbox any more.
  private void lose() {
    discard();
    gone.run();
  }

  private synchronized void discard() {
    closed = true;
    courier = null;
    oldest = null;
    others = null;
  }
}
