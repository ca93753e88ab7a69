package dev.heddle.ws;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Sockets that hear the same: who joins hears what is broadcast from then on, until it leaves.
///
/// ```java
/// Room<String> room = new Room<>();
/// WebSocketHandler chat =
///     socket -> {
///       try (RoomMember<String> member = room.join(socket, "somebody")) {
///         for (Message message; (message = socket.receive()) != null; ) {
///           room.broadcast(message);
///         }
///       }
///     };
/// ```
///
/// A message is encoded once, however many hear it. It leaves at once where the network takes it at
/// once. Each member has a mailbox for the others, which is emptied as fast as its peer reads, so a
/// slow member never delays anybody: what becomes of messages for a mailbox that is full is told by
/// the [RoomOptions]. Everybody hears messages in one order, that in which they were broadcast.
///
/// A member whose connection breaks is found to be gone when it is next sent something, at the
/// latest; a handler that leaves when its socket ends, as the one above, tells earlier.
///
/// Any thread may call any method.
///
/// @param <T> who members are to the application
public final class Room<T> {
  private static final Logger LOG = System.getLogger("dev.heddle.ws");

  /// How many members a message goes to before others have a turn: other connections, and the
  /// couriers, while what those take is still in the processor's cache. At most 64.
  private static final int MEMBERS_A_TURN = 32;

  /// A message that is broadcast so soon behind another leaves by courier, together with those that
  /// follow it; in nanoseconds.
  private static final long SOON = 100_000;

  private final RoomOptions options;
  private final RoomListener<T> listener;
  private final Executor couriers;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();

  /// Guarded by the lock.
  private final Set<RoomMember<T>> members = new LinkedHashSet<>();

  /// The same in an array, which is gone through more quickly; null if it is to be made. Guarded by
  /// the lock.
  private @Nullable List<RoomMember<T>> ordered;

  /// When the last broadcast ended, by the clock. Guarded by the lock.
  private long quietSince;

  private final Queue<Runnable> news = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean telling = new AtomicBoolean();

  /// An empty room with the default options that tells nobody who comes and goes.
  public Room() {
    this(RoomOptions.DEFAULT);
  }

  /// An empty room that tells nobody who comes and goes.
  public Room(RoomOptions options) {
    this(options, new RoomListener<>() {});
  }

  /// An empty room.
  public Room(RoomOptions options, RoomListener<T> listener) {
    this(options, listener, new RoomCouriers(), System::nanoTime);
  }

  /// @param couriers empty mailboxes
  /// @param nanoTime the clock, as [System#nanoTime()]; tests bring their own
  Room(RoomOptions options, RoomListener<T> listener, Executor couriers, LongSupplier nanoTime) {
    this.options = Objects.requireNonNull(options);
    this.listener = Objects.requireNonNull(listener);
    this.couriers = couriers;
    this.nanoTime = nanoTime;
    this.quietSince = nanoTime.getAsLong() - SOON;
  }

  /// Lets a socket in.
  ///
  /// @param who it is, for the application; need not be unique
  /// @param greeting sent to it before anything that is broadcast
  /// @return to be closed by whoever handles the socket, when it ends or wants to leave
  public RoomMember<T> join(WebSocket socket, T who, PreparedMessage... greeting) {
    RoomMember<T> member = new RoomMember<>(this, socket, who, options, couriers);
    lock.lock();
    try {
      for (PreparedMessage message : greeting) {
        member.mailbox().put(message, false);
      }
      ordered = null;
      members.add(member); // who has heard the greeting hears what is broadcast from then on
      news.add(() -> listener.joined(member));
    } finally {
      lock.unlock();
    }
    tellNews();
    return member;
  }

  /// Has a member leave, if it is still there.
  void leave(RoomMember<T> member) {
    member.mailbox().close();
    lock.lock();
    try {
      if (members.remove(member)) {
        ordered = null;
        news.add(() -> listener.left(member));
      }
    } finally {
      lock.unlock();
    }
    tellNews();
  }

  /// Sends a text to all members: see [#broadcast(PreparedMessage)].
  public void broadcast(String text) {
    broadcast(PreparedMessage.of(text));
  }

  /// Sends a message to all members: see [#broadcast(PreparedMessage)].
  public void broadcast(Message message) {
    broadcast(PreparedMessage.of(message));
  }

  /// Sends a message to all members. Returns when it is sent or in their mailboxes; blocks only
  /// while there is more to send than this machine manages, and never for a peer.
  public void broadcast(PreparedMessage message) {
    broadcast(message, _ -> true);
  }

  /// Sends a message to some members: see [#broadcast(PreparedMessage)].
  ///
  /// @param hears asked for each member, while the room is locked: must not block
  @SuppressWarnings("ThreadPriorityCheck") // a hint is what we mean
  public void broadcast(PreparedMessage message, Predicate<? super RoomMember<T>> hears) {
    List<RoomMember<T>> tooSlow = new ArrayList<>();
    lock.lock();
    try {
      boolean atOnce = nanoTime.getAsLong() - quietSince >= SOON;
      List<RoomMember<T>> all = inOrder();
      for (int from = 0; from < all.size(); from += MEMBERS_A_TURN) {
        if (from > 0) {
          Thread.yield();
        }
        List<RoomMember<T>> turn = all.subList(from, Math.min(from + MEMBERS_A_TURN, all.size()));
        send(message, hears, turn, atOnce ? whoCanBeSentAtOnce(turn) : 0, tooSlow);
      }
      quietSince = nanoTime.getAsLong();
    } finally {
      lock.unlock();
    }
    tooSlow.forEach(RoomMember::expel);
  }

  /// Sends a message to the members of a turn.
  ///
  /// @param ready as [#whoCanBeSentAtOnce] has it
  private void send(
      PreparedMessage message,
      Predicate<? super RoomMember<T>> hears,
      List<RoomMember<T>> turn,
      long ready,
      List<RoomMember<T>> tooSlow) {
    for (int i = 0; i < turn.size(); i++) {
      RoomMember<T> member = turn.get(i);
      boolean atOnce = (ready & 1L << i) != 0;
      if (hears.test(member) && !member.mailbox().put(message, atOnce)) {
        tooSlow.add(member);
      }
    }
  }

  /// Which members of a turn may be sent a message at once, a bit each.
  ///
  /// Looked at for all before any is sent to: so what belongs to their connections comes into the
  /// processor's cache side by side, where each would wait for its own behind the write before it.
  private static long whoCanBeSentAtOnce(List<? extends RoomMember<?>> turn) {
    long ready = 0;
    for (int i = 0; i < turn.size(); i++) {
      if (turn.get(i).mailbox().canSendAtOnce()) {
        ready |= 1L << i;
      }
    }
    return ready;
  }

  /// The members in the order in which they joined. With the lock.
  private List<RoomMember<T>> inOrder() {
    List<RoomMember<T>> known = ordered;
    if (known == null) {
      known = List.copyOf(members);
      ordered = known;
    }
    return known;
  }

  /// Those who are here now, in the order in which they joined: a copy.
  public List<RoomMember<T>> members() {
    lock.lock();
    try {
      return inOrder();
    } finally {
      lock.unlock();
    }
  }

  /// How many are here now.
  public int size() {
    lock.lock();
    try {
      return members.size();
    } finally {
      lock.unlock();
    }
  }

  /// Tells the listener what it has not heard yet, unless another thread is about to.
  private void tellNews() {
    while (!news.isEmpty() && telling.compareAndSet(false, true)) {
      try {
        for (Runnable next; (next = news.poll()) != null; ) {
          tell(next);
        }
      } finally {
        telling.set(false);
      }
    }
  }

  private static void tell(Runnable news) {
    try {
      news.run();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "the listener of a room failed", e);
    }
  }
}
