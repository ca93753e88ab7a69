package dev.heddle.backend.blocking;

import dev.heddle.backend.JdkInternals;
import dev.heddle.backend.NonBlockingTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A channel in non-blocking mode, whose virtual threads wait at the JDK's poller by themselves.
///
/// The JDK's own blocking read tries first and then waits, with the buffer in its hands. Here,
/// after a read that left room in its buffer the socket is taken to be empty, and the thread waits
/// before it tries: without a buffer, and so that it can be woken. While [Turns] finds that it
/// pays, it gives a turn instead, tries, and waits only if nothing was there.
///
/// The poller knows who waits by the number of the socket, and closing frees that for the next. So
/// as long as somebody waits, closing only has them leave; the last one who does closes the
/// channel.
final class PolledTransport extends NonBlockingTransport {
  /// How many waits of a new connection are none to try turns with: it may never have many more,
  /// and what a thread has on its stack when it gives a turn can stay in memory for as long as it
  /// lives.
  private static final byte FIRST_WAITS = 4;

  /// How many, at most, are none when turns have brought nothing.
  private static final byte MOST_WAITS = 16;

  /// By which the poller knows the channel.
  private final int number;

  private final Turns turns;
  private final ThreadFactory threads;

  /// Whether it is to be closed. Written by any thread, before it looks for those who wait.
  private volatile boolean closing;

  /// Whether the reader is to wait no longer. Set by any thread, and cleared by the reader.
  private volatile boolean woken;

  // Those who wait: each written by itself, before it looks at the two above.
  private volatile @Nullable Thread reader;
  private volatile @Nullable Thread writer;

  // The reader's own.

  /// Whether the last read has taken all there was.
  private boolean drained;

  /// Whether it has been told that it may read, and nothing has been read since.
  private boolean told;

  /// Whether it was told so behind a turn, and not by the poller.
  private boolean guessed;

  /// Whether that was wrong: then it waits next.
  private boolean missed;

  /// How many of the next waits are none to try turns with.
  private byte waitsToPass = FIRST_WAITS;

  /// How many are when a turn brings nothing: twice as many each time.
  private byte waitsWhenMissed = 1;

  /// @param threads for those who take over a connection
  PolledTransport(SocketChannel channel, Turns turns, ThreadFactory threads) throws IOException {
    super(channel);
    this.number = JdkInternals.numberOf(channel);
    this.turns = turns;
    this.threads = threads;
    channel.configureBlocking(false);
  }

  @Override
  public boolean startThread(Runnable rest) {
    threads.newThread(rest).start();
    return true;
  }

  @Override
  public boolean awaitReadable() throws IOException {
    checkOpen();
    if (!missed && turns.give(isToTry())) {
      guessed = true;
    } else if (drained || missed) {
      awaitInput();
    }
    missed = false;
    told = true;
    return true;
  }

  /// Whether the connection takes part if it is tried whether turns pay.
  private boolean isToTry() {
    if (waitsToPass == 0) {
      return true;
    }
    if (drained) {
      waitsToPass--; // else it reads on, and does not wait
    }
    return false;
  }

  @Override
  public int read(ByteBuffer dst) throws IOException {
    boolean mayBringNothing = told;
    for (; ; ) {
      if (!told) {
        awaitReadable();
      }
      told = false;
      int count = channel.read(dst);
      drained = dst.hasRemaining();
      judgeGuess(count != 0);
      if (count != 0) {
        return count;
      }
      if (mayBringNothing || woken) {
        woken = false;
        return 0;
      }
    }
  }

  private void judgeGuess(boolean right) {
    if (guessed) {
      guessed = false;
      missed = !right;
      if (right) {
        waitsWhenMissed = 1;
      } else {
        waitsToPass = waitsWhenMissed;
        waitsWhenMissed = (byte) Math.min(2 * waitsWhenMissed, MOST_WAITS);
      }
      turns.judge(right);
    }
  }

  private void awaitInput() throws IOException {
    reader = Thread.currentThread();
    try {
      if (!closing && !woken) {
        JdkInternals.awaitReadable(number);
      }
    } finally {
      reader = null;
      closeIfNobodyWaits();
    }
    checkInterrupt();
    checkOpen();
  }

  @Override
  protected void awaitWritable() throws IOException {
    writer = Thread.currentThread();
    try {
      if (!closing) {
        JdkInternals.awaitWritable(number);
      }
    } finally {
      writer = null;
      closeIfNobodyWaits();
    }
    checkInterrupt();
    checkOpen();
  }

  @Override
  @SuppressWarnings("ThreadPriorityCheck") // a hint is what we mean
  protected void letOthersGoFirst() {
    Thread.yield();
  }

  @Override
  public boolean wakeReader() {
    woken = true;
    LockSupport.unpark(reader);
    return true;
  }

  @Override
  public void shutdownInput() {
    try {
      channel.shutdownInput(); // to the poller it is readable then
    } catch (ClosedChannelException e) {
      // closed: nothing will be read
    } catch (IOException e) {
      close();
    }
  }

  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(reader);
    LockSupport.unpark(writer);
    closeIfNobodyWaits();
  }

  private void closeIfNobodyWaits() {
    if (closing && reader == null && writer == null) {
      try {
        channel.close();
      } catch (IOException e) {
        // closed all the same
      }
    }
  }

  @Override
  protected void checkOpen() throws ClosedChannelException {
    if (closing) {
      throw new AsynchronousCloseException();
    }
  }
}
