package dev.heddle.backend.selector;

import dev.heddle.BufferPool;
import dev.heddle.LoopStatistics;
import dev.heddle.backend.JdkInternals;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One thread, one selector, one run queue: waits for its sockets, and carries the virtual threads
/// that they wake. Its own is a platform thread; where it is not to carry, a virtual one of the
/// JDK's scheduler, among those that it wakes.
///
/// ```
///      +------------------------------ turn -------------------------------+
///      v                                                                   |
///   select  ->  each socket that is ready: wake its thread, run it  ->  run queue, each task once
///   (sleeps only while               ... and each timer that is due        ^
///    the run queue is empty)           execute(): wake-ups from other threads
/// ```
///
/// A thread runs right after its socket was looked at, not after all sockets were: what belongs to
/// one connection is touched once a turn, and is in the processor's cache only for as long. The
/// sockets of [ThreadlessConnections] come behind them.
///
/// A task is mostly a virtual thread that goes on until it parks. The loop itself runs no code of a
/// user and takes no lock that a virtual thread may hold, or both could wait for each other. So it
/// does not log either: what goes wrong is kept for the watchdog: see [#takeTrouble()].
final class EventLoop implements Executor {
  /// How many tasks of other threads run before the sockets have their turn again.
  private static final int INBOX_SHARE = 1024;

  /// How many turns a stopped loop still makes.
  private static final int LAST_ROUNDS = 16;

  private static final VarHandle ASLEEP;
  private static final VarHandle TURNS;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      ASLEEP = lookup.findVarHandle(EventLoop.class, "asleep", boolean.class);
      TURNS = lookup.findVarHandle(EventLoop.class, "turns", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Thread thread;
  private final boolean carries;
  private final ThreadFactory handlers;
  private final Selector selector;
  private final BufferPool buffers = new BufferPool();
  private final ArrayDeque<Runnable> local = new ArrayDeque<>();
  private final ThreadlessConnections threadless = new ThreadlessConnections();
  private final ConcurrentLinkedQueue<Runnable> inbox = new ConcurrentLinkedQueue<>();
  private final LoopTimers timers = new LoopTimers(System::nanoTime);
  private final Consumer<SelectionKey> collect = this::collect;
  private @Nullable SelectionKey[] ready = new SelectionKey[1024];
  private int readyCount;
  private final AtomicReference<@Nullable Throwable> trouble = new AtomicReference<>();
  private volatile boolean asleep;
  private volatile boolean stopped;

  /// Whether it runs nothing any more. Written by the loop.
  private volatile boolean ended;

  /// Counts turns, for the watchdog. Written by the loop.
  private volatile long turns;

  /// @param carries whether it carries the threads of its connections; otherwise it runs among
  ///   them, on a virtual thread of the JDK's scheduler, and only wakes them
  EventLoop(String name, Selector selector, boolean carries) {
    this.selector = selector;
    this.carries = carries;
    Thread.Builder threads =
        carries
            ? Thread.ofPlatform().daemon()
            : Thread.ofVirtual().inheritInheritableThreadLocals(false);
    this.thread = threads.name(name).unstarted(this::run);
    this.handlers =
        carries
            ? JdkInternals.virtualThreadsOn(new LoopCarrier(this)).factory()
            : Thread.ofVirtual().inheritInheritableThreadLocals(false).factory();
  }

  /// A thread to serve a connection on, not started yet. Any thread.
  Thread newThread(Runnable service) {
    return handlers.newThread(service);
  }

  /// Whether those threads run on the loop.
  boolean carries() {
    return carries;
  }

  void start() {
    thread.start();
  }

  String name() {
    return thread.getName();
  }

  Selector selector() {
    return selector;
  }

  BufferPool buffers() {
    return buffers;
  }

  /// Whether the caller is the loop itself, with no virtual thread mounted on it.
  boolean isCurrent() {
    return thread.equals(Thread.currentThread());
  }

  /// Runs a task on the loop, soon; elsewhere, if the loop has ended. Any thread; never blocks.
  /// Tasks of one thread keep their order.
  @Override
  public void execute(Runnable task) {
    if (isCurrent()) {
      local.add(task);
    } else {
      inbox.add(task);
      wake();
      if (ended) { // looked at behind the adding: see end()
        passOn();
      }
    }
  }

  /// Runs a task on the loop, `delay` nanoseconds from now, or up to a millisecond later if there
  /// is nothing else to do: a selector sleeps by the millisecond. The loop.
  ScheduledFuture<?> schedule(Runnable task, long delay) {
    return timers.schedule(task, delay);
  }

  private void passOn() {
    for (Runnable task; (task = inbox.poll()) != null; ) {
      Stragglers.carry(task);
    }
  }

  private void wake() {
    if (asleep && ASLEEP.compareAndSet(this, true, false)) {
      selector.wakeup();
    }
  }

  private void run() {
    while (!stopped) {
      try {
        select();
        TURNS.setRelease(this, turns + 1);
        serveReady();
        serveThreadless();
        serveTimers();
        runTasks();
        letOthersRun();
      } catch (IOException | RuntimeException | Error e) {
        trouble.set(e);
      }
    }
    closeAll();
    end();
  }

  /// Lets those who were woken read, where they don't run on this thread: a socket that still has
  /// its bytes would be reported again.
  @SuppressWarnings("ThreadPriorityCheck") // a hint is what we mean
  private void letOthersRun() {
    if (!carries) {
      Thread.yield();
    }
  }

  /// Collects the sockets that are ready; sleeps until there are some or a timer is due, if there
  /// is nothing to run.
  private void select() throws IOException {
    if (!local.isEmpty() || !threadless.isEmpty() || !inbox.isEmpty() || timers.isDue()) {
      selector.selectNow(collect);
      return;
    }
    asleep = true; // published before the queue is looked at again: see wake()
    if (inbox.isEmpty() && !stopped) {
      selector.select(collect, timers.millisToNext());
    }
    ASLEEP.setRelease(this, false);
  }

  /// Called for each socket that is ready, under locks of the selector: takes no others.
  private void collect(SelectionKey key) {
    if (readyCount == ready.length) {
      ready = Arrays.copyOf(ready, 2 * readyCount);
    }
    ready[readyCount++] = key;
  }

  /// Wakes and runs the threads of the sockets that are ready.
  private void serveReady() {
    for (int i = 0; i < readyCount; i++) {
      SelectionKey key = ready[i];
      ready[i] = null;
      if (key != null && key.attachment() instanceof SelectorTransport transport) {
        transport.ready(key);
        run(local.poll());
      }
    }
    readyCount = 0;
  }

  /// Has a thread go on with a connection that has none, soon. The loop, or a thread that it
  /// carries.
  void resume(SelectorTransport transport) {
    threadless.add(transport);
  }

  /// Has threads go on with those connections.
  private void serveThreadless() {
    threadless.beginTurn();
    while (threadless.needThread()) {
      newThread(threadless::serve).start();
      run(local.pollLast());
    }
  }

  /// Wakes and runs the threads whose time has come.
  private void serveTimers() {
    if (!timers.isDue()) {
      return;
    }
    long now = System.nanoTime(); // those that are made meanwhile have their turn later
    for (Runnable timer; (timer = timers.pollDue(now)) != null; ) {
      run(timer);
      run(local.poll());
    }
  }

  private void runTasks() {
    for (int share = local.size(); share > 0; share--) {
      run(local.poll());
    }
    for (int share = INBOX_SHARE; share > 0; share--) {
      Runnable task = inbox.poll();
      if (task == null) {
        return;
      }
      run(task);
    }
  }

  private void run(@Nullable Runnable task) {
    try {
      if (task != null) {
        task.run();
      }
    } catch (Throwable e) {
      trouble.set(e);
    }
  }

  /// Closes all channels, and lets the threads that waited for them come to their end.
  private void closeAll() {
    for (int round = 0; round < LAST_ROUNDS; round++) {
      for (SelectionKey key : selector.keys()) {
        ((SelectorTransport) key.attachment()).closeOnLoop();
      }
      serveThreadless();
      runTasks();
    }
    try {
      selector.close();
    } catch (IOException e) {
      trouble.set(e);
    }
  }

  /// Leaves what is still to run, now and later, to others.
  private void end() {
    Stragglers.start();
    for (Runnable timer; (timer = timers.poll()) != null; ) {
      local.add(timer); // early, as a park may end; who sleeps, sleeps on
    }
    ended = true; // before the inbox is emptied: see execute()
    local.forEach(Stragglers::carry);
    passOn();
  }

  /// Ends the thread after its current task. Any thread.
  void stop() {
    stopped = true;
    selector.wakeup();
  }

  /// The thread of a connection that this loop carries at this moment, if it does. Any thread;
  /// looks at all connections.
  @Nullable Thread mounted() {
    String suffix = "@" + name(); // as a virtual thread shows its carrier
    for (SelectionKey key : selector.keys()) {
      if (key.attachment() instanceof SelectorTransport transport) {
        Thread owner = transport.owner();
        if (owner != null && owner.toString().endsWith(suffix)) {
          return owner;
        }
      }
    }
    return null;
  }

  /// Whether it is waiting for its sockets. Any thread.
  boolean isAsleep() {
    return asleep;
  }

  /// Turns made so far. Any thread.
  long turns() {
    return turns;
  }

  /// What it has done so far. Any thread.
  LoopStatistics statistics() {
    int connections = selector.isOpen() ? selector.keys().size() : 0;
    return new LoopStatistics(name(), turns, connections);
  }

  /// The last thing that went wrong in the loop itself, once. Any thread.
  @Nullable Throwable takeTrouble() {
    return trouble.getAndSet(null);
  }
}
