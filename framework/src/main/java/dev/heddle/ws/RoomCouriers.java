package dev.heddle.ws;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/// Empties mailboxes, with as few threads as that takes: one courier goes from mailbox to mailbox,
/// and while there are more of them, a second one stands by.
///
/// ```
///   mailboxes with something in them      A  B  C  D  E ...
///   courier 1    takes A, B; the peer of B accepts no bytes: parks
///   courier 2    stood by: takes C; courier 3 stands by in its place
/// ```
///
/// A courier that parks frees its carrier for the one that stands by: so a slow member holds up
/// nobody, a thousand quick ones cost one thread, and an idle room costs none. Where there are more
/// carriers, the couriers share the work.
///
/// Couriers are virtual threads, on every backend. Any thread may call; nothing here blocks.
final class RoomCouriers implements Executor {
  /// How many mailboxes in a row before other threads have a turn.
  private static final int MAILBOXES_A_TURN = 32;

  private final Queue<Runnable> filled = new ConcurrentLinkedQueue<>();

  /// Whether a courier has been started that has not begun to work: it will see whatever is filled
  /// by now.
  private final AtomicBoolean standby = new AtomicBoolean();

  /// Has a mailbox emptied, soon.
  @Override
  public void execute(Runnable mailbox) {
    filled.add(mailbox);
    haveStandby();
  }

  private void haveStandby() {
    if (!standby.get() && standby.compareAndSet(false, true)) {
      Thread.ofVirtual().name("heddle-courier").start(this::work);
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // a hint is what we mean
  private void work() {
    standby.set(false); // before the queue is looked at: see haveStandby()
    int turn = 0;
    for (Runnable next; (next = filled.poll()) != null; ) {
      if (!filled.isEmpty()) {
        haveStandby();
      }
      next.run();
      if (++turn % MAILBOXES_A_TURN == 0) {
        Thread.yield();
      }
    }
  }
}
