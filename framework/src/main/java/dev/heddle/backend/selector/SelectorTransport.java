package dev.heddle.backend.selector;

import dev.heddle.BufferPool;
import dev.heddle.backend.NonBlockingTransport;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A connection over a channel in non-blocking mode. Its reader and writer park; the loop that
/// polls the socket unparks them.
///
/// Interest in reading stays registered from the first to the last byte, and epoll reports it as
/// long as there are bytes (level-triggered), so a read arms nothing. Only if the socket reports
/// bytes twice while nobody waits for them is the interest muted, until somebody waits again.
///
/// After a read that left room in its buffer the socket is taken to be empty, and the next read
/// parks without asking it.
///
/// The channel is only closed, and its key only changed, on its loop: the selector takes the
/// channel's locks, and must never wait there for a thread that waits for the loop.
final class SelectorTransport extends NonBlockingTransport {
  /// How many reads in a row may find bytes at once before other connections have a turn.
  private static final int READS_A_TURN = 16;

  private static final VarHandle READER = field("reader", Thread.class);
  private static final VarHandle READABLE = field("readable", boolean.class);
  private static final VarHandle CLOSING = field("closing", boolean.class);

  private final EventLoop loop;

  /// The thread that serves the connection, and so runs on the loop if the loop carries it.
  private volatile @Nullable Thread owner;

  private @Nullable SelectionKey key;

  /// Whether it has been closed, by any thread: soon the loop does so.
  private volatile boolean closing;

  /// Who goes on when there is something to read, if nobody waits for it. On the loop.
  private @Nullable Runnable rest;

  /// Whether that is about to go on. On the loop.
  private boolean due;

  // Written on the loop.
  private volatile boolean closed;
  private volatile boolean inputShut;
  private volatile boolean muted;
  private volatile boolean writable;

  /// Whether the reader is to wait no longer. Set by any thread, and cleared by the reader.
  private volatile boolean woken;

  // Written by the loop and the reader, each before it looks for the other's.
  private volatile boolean readable;

  // Written by the reader.
  private volatile @Nullable Thread reader;
  private int readsThisTurn;

  // Written by the writer.
  private volatile @Nullable Thread writer;

  SelectorTransport(EventLoop loop, SocketChannel channel) throws IOException {
    super(channel);
    this.loop = loop;
  }

  private static VarHandle field(String name, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(SelectorTransport.class, name, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /// Starts polling the socket, and the thread that serves it. On the loop.
  void register(Runnable service) throws IOException {
    Thread server = loop.newThread(service);
    owner = server;
    key = channel.register(loop.selector(), SelectionKey.OP_READ, this);
    server.start();
  }

  @Override
  public boolean startThread(Runnable rest) {
    Thread successor = loop.newThread(rest);
    owner = successor;
    successor.start();
    return true;
  }

  @Override
  public boolean canWaitWithoutThread() {
    return loop.carries();
  }

  /// The loop carries the caller, so nobody looks for what this leaves before it is done. What is
  /// there already is reported again.
  @Override
  public boolean startThreadWhenReadable(Runnable rest) {
    if (closing || inputShut || !isOnLoop()) {
      return false;
    }
    readsThisTurn = 0;
    owner = null;
    this.rest = rest;
    if (muted) {
      unmute();
    }
    return true;
  }

  /// Has a thread go on, if the connection has none. On the loop.
  private void goOn() {
    if (rest != null && !due) {
      due = true;
      loop.resume(this);
    }
  }

  /// Goes on, on the calling thread, which the loop carries.
  void resume() {
    Runnable resumed = rest;
    rest = null;
    due = false;
    owner = Thread.currentThread();
    if (resumed != null) {
      resumed.run();
    }
  }

  /// The thread that serves the connection. Any thread.
  @Nullable Thread owner() {
    return owner;
  }

  /// The socket is ready for something. On the loop.
  void ready(SelectionKey key) {
    try {
      int ready = key.readyOps();
      if ((ready & SelectionKey.OP_READ) != 0) {
        readable(key);
      }
      if ((ready & SelectionKey.OP_WRITE) != 0) {
        key.interestOpsAnd(~SelectionKey.OP_WRITE);
        writable = true;
        LockSupport.unpark(writer);
      }
    } catch (CancelledKeyException e) {
      // closed meanwhile
    }
  }

  private void readable(SelectionKey key) {
    boolean reportedBefore = readable;
    readable = true; // before the reader is looked for: see awaitReadable()
    Thread waiting = reader;
    if (waiting != null) {
      LockSupport.unpark(waiting);
    } else if (rest != null) {
      goOn();
    } else if (reportedBefore) {
      muted = true;
      key.interestOpsAnd(~SelectionKey.OP_READ);
      if (reader != null) {
        unmute(); // it came meanwhile, and may have looked before it was muted
      }
    }
  }

  @Override
  public boolean awaitReadable() throws IOException {
    checkOpen();
    if (readable) {
      takeTurns();
      return true;
    }
    readsThisTurn = 0;
    reader = Thread.currentThread(); // before readable is looked at again: see readable()
    if (muted) {
      onLoop(this::unmute);
    }
    while (!readable && !inputShut && !closed && !woken) {
      LockSupport.park();
      checkInterrupt();
    }
    READER.setOpaque(this, null);
    checkOpen();
    return true;
  }

  private void unmute() {
    muted = false;
    interest(SelectionKey.OP_READ);
  }

  /// Lets others go first, now and then, if bytes are always there.
  private void takeTurns() {
    if (++readsThisTurn >= READS_A_TURN) {
      readsThisTurn = 0;
      letOthersGoFirst();
    }
  }

  @Override
  public int read(ByteBuffer dst) throws IOException {
    for (; ; ) {
      awaitReadable();
      if (!readable && !inputShut) {
        woken = false;
        return 0;
      }
      int count = channel.read(dst);
      if (count > 0) {
        if (dst.hasRemaining()) {
          READABLE.setOpaque(this, false);
        }
        return count;
      }
      if (count < 0 || inputShut) {
        return -1;
      }
      READABLE.setOpaque(this, false);
    }
  }

  /// Gives a turn to others, the loop among them. Where the loop carries the threads, it has its
  /// turn after each. On the JDK's scheduler, threads that yield to each other may go round without
  /// end before those that come from outside, such as a loop that the JDK's poller wakes: so the
  /// thread goes outside itself, by the JDK's timer.
  @Override
  @SuppressWarnings("ThreadPriorityCheck") // a hint is what we mean
  protected void letOthersGoFirst() {
    if (loop.carries()) {
      Thread.yield();
    } else {
      LockSupport.parkNanos(1);
    }
  }

  @Override
  protected void awaitWritable() throws IOException {
    writable = false;
    writer = Thread.currentThread();
    onLoop(() -> interest(SelectionKey.OP_WRITE));
    while (!writable && !closed) {
      LockSupport.park();
      checkInterrupt();
    }
    writer = null;
    checkOpen();
  }

  private void interest(int operation) {
    SelectionKey registered = key;
    if (registered != null && registered.isValid()) {
      registered.interestOpsOr(operation);
    }
  }

  @Override
  public boolean wakeReader() {
    woken = true; // before the reader is looked for: see awaitReadable()
    LockSupport.unpark(reader);
    return true;
  }

  @Override
  public void shutdownInput() {
    onLoop(
        () -> {
          inputShut = true;
          LockSupport.unpark(reader);
          goOn();
        });
  }

  @Override
  public void close() {
    if (CLOSING.compareAndSet(this, false, true)) {
      onLoop(this::closeOnLoop);
    }
  }

  /// Closes the socket, and wakes who waits for it. On the loop.
  void closeOnLoop() {
    closing = true;
    closed = true;
    try {
      channel.close();
    } catch (IOException e) {
      // closed all the same
    }
    LockSupport.unpark(reader);
    LockSupport.unpark(writer);
    goOn();
  }

  private void onLoop(Runnable task) {
    if (isOnLoop()) {
      task.run();
    } else {
      loop.execute(task);
    }
  }

  /// Whether the caller is the loop, or the connection's own thread, carried by it.
  private boolean isOnLoop() {
    return loop.isCurrent() || (loop.carries() && Thread.currentThread().equals(owner));
  }

  @Override
  protected void checkOpen() throws ClosedChannelException {
    if (closing) {
      throw new AsynchronousCloseException();
    }
  }

  @Override
  public BufferPool buffers() {
    return loop.buffers();
  }
}
