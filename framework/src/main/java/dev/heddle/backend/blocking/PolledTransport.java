package dev.heddle.backend.blocking;

import dev.heddle.Peer;
import dev.heddle.Transport;
import dev.heddle.backend.FileTurn;
import dev.heddle.backend.Gathering;
import dev.heddle.backend.JdkInternals;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
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
final class PolledTransport implements Transport {
  private final SocketChannel channel;

  /// By which the poller knows the channel.
  private final int number;

  private final Turns turns;
  private final ThreadFactory threads;
  private final Peer peer;

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

  /// Written by the writer; others may see a value that lags.
  private long partialWrites;

  /// @param threads for those who take over a connection
  PolledTransport(SocketChannel channel, Turns turns, ThreadFactory threads) throws IOException {
    this.channel = channel;
    this.number = JdkInternals.numberOf(channel);
    this.turns = turns;
    this.threads = threads;
    this.peer = new Peer(channel.getRemoteAddress(), channel.getLocalAddress());
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
    if (!missed && turns.give()) {
      guessed = true;
    } else if (drained || missed) {
      awaitInput();
    }
    missed = false;
    told = true;
    return true;
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

  private void awaitWritable() throws IOException {
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
  public void write(ByteBuffer... srcs) throws IOException {
    checkOpen();
    for (; ; ) {
      long written = srcs.length == 1 ? channel.write(srcs[0]) : channel.write(srcs);
      if (!Gathering.haveRemaining(srcs)) {
        return;
      }
      if (written > 0) {
        partialWrites++;
      }
      awaitWritable();
    }
  }

  @Override
  public long partialWrites() {
    return partialWrites;
  }

  @Override
  public void writeFile(FileChannel file, long position, long count) throws IOException {
    checkOpen();
    for (long sent = 0; sent < count; ) {
      long most = Math.min(FileTurn.BYTES, count - sent);
      long written = file.transferTo(position + sent, most, channel);
      if (written > 0) {
        sent += written;
        partialWrites++;
        if (written == most && sent < count) {
          letOthersGoFirst();
        }
      } else if (position + sent >= file.size()) {
        throw new EOFException("the file ends " + (count - sent) + " bytes early");
      } else {
        awaitWritable();
      }
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // a hint is what we mean
  private static void letOthersGoFirst() {
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
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
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

  private void checkOpen() throws ClosedChannelException {
    if (closing) {
      throw new AsynchronousCloseException();
    }
  }

  /// An interrupt closes the connection, as it does on the JDK's own blocking channels.
  private void checkInterrupt() throws ClosedByInterruptException {
    if (Thread.currentThread().isInterrupted()) {
      close();
      throw new ClosedByInterruptException();
    }
  }

  @Override
  public Peer peer() {
    return peer;
  }
}
