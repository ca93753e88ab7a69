package dev.heddle.tls;

import dev.heddle.BufferPool;
import dev.heddle.Peer;
import dev.heddle.TlsSession;
import dev.heddle.Transport;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLProtocolException;
import org.jspecify.annotations.Nullable;

/// TLS over another transport, by the JDK's [SSLEngine]. It holds buffers only while bytes are in
/// them, and plaintext is not copied on its way: it is decrypted to where the reader wants it, and
/// encrypted from where the writer has it.
///
/// How the directions end (RFC 8446, section 6.1): [#shutdownOutput()] sends close_notify and ends
/// the output below; reading goes on. A close_notify of the peer is the end of the stream; in TLS
/// 1.3 writing goes on, and in TLS 1.2 it is over with that (RFC 5246, section 7.2.1). An end
/// without it is an [SSLException], as anyone on the way may have cut the stream. [#close()] sends
/// nothing, so that the peer knows what is missing.
final class TlsTransport implements Transport {
  /// How many records without data may come in a row.
  private static final int MOST_EMPTY_RECORDS = 32;

  private static final int FILE_PIECES = 4;
  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

  private final Transport below;
  private final SSLEngine engine;
  private final Executor tasks;
  private final RecordInput input;
  private final RecordOutput output;
  private @Nullable TlsSession session;

  /// What did not fit where the reader wanted it.
  private ByteBuffer rest = EMPTY;

  private boolean ended;
  private int emptyRecords;

  /// Whether the output has ended. Written by the writer.
  private boolean outputEnded;

  /// Whether the input was ended from this side. Any thread.
  private volatile boolean inputShut;

  /// @param tasks runs the long computations of a handshake
  /// @param arrived bytes that were already read from below
  TlsTransport(Transport below, SSLEngine engine, Executor tasks, ByteBuffer arrived) {
    this.below = below;
    this.engine = engine;
    this.tasks = tasks;
    this.input = new RecordInput(below, arrived);
    this.output = new RecordOutput(below, engine);
  }

  /// Shakes hands, blocking until both sides are done.
  void handshake() throws IOException {
    long start = System.currentTimeMillis();
    try {
      engine.beginHandshake();
      while (isShakingHands()) {
        if (input.await() < 0) {
          throw new EOFException("the peer left in the middle of the handshake");
        }
        unwrap(EMPTY);
        input.releaseIfEmpty();
      }
      session = Sessions.describe(engine, start);
    } catch (IOException e) {
      fail(e);
      throw e;
    }
  }

  /// Does what is this side's part, up to where the peer's next record is needed.
  ///
  /// @return false when the handshake is done
  private boolean isShakingHands() throws IOException {
    for (; ; ) {
      switch (engine.getHandshakeStatus()) {
        case NEED_TASK -> runTasks();
        case NEED_WRAP -> output.answer();
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
          return true;
        }
        case FINISHED, NOT_HANDSHAKING -> {
          return false;
        }
      }
    }
  }

  private void runTasks() throws IOException {
    for (Runnable task; (task = engine.getDelegatedTask()) != null; ) {
      FutureTask<@Nullable Void> done = new FutureTask<>(task, null);
      tasks.execute(done);
      await(done);
    }
  }

  private void await(FutureTask<?> task) throws IOException {
    try {
      task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new ClosedByInterruptException();
    } catch (ExecutionException e) {
      throw new SSLException("(internal_error) the handshake failed", e.getCause());
    }
  }

  /// Lets the peer know why, if it can be told.
  private void fail(IOException cause) {
    input.release();
    try {
      if (cause instanceof SSLException) {
        output.answer();
      }
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public boolean awaitReadable() throws IOException {
    return rest.hasRemaining() || ended || inputShut || input.await() != 0;
  }

  @Override
  public int read(ByteBuffer dst) throws IOException {
    if (rest.hasRemaining()) {
      return takeRest(dst);
    }
    try {
      return receive(dst);
    } catch (IOException e) {
      fail(e);
      throw e;
    }
  }

  private int receive(ByteBuffer dst) throws IOException {
    int start = dst.position();
    while (dst.position() == start) {
      if (ended || inputShut) {
        return -1;
      }
      int arrived = input.await();
      if (arrived <= 0) {
        return arrived == 0 ? 0 : endOfStream();
      }
      unwrap(dst);
      while (dst.hasRemaining() && !ended && input.hasRecord() && fits(dst)) {
        unwrap(dst);
      }
      input.releaseIfEmpty();
    }
    return dst.position() - start;
  }

  private int endOfStream() throws SSLException {
    if (inputShut) {
      return -1;
    }
    throw new SSLException("the stream was cut: it ended without close_notify");
  }

  private boolean fits(ByteBuffer dst) throws SSLProtocolException {
    return input.length() <= dst.remaining();
  }

  /// Takes one record, which is there.
  private void unwrap(ByteBuffer dst) throws IOException {
    boolean established = session != null;
    if (established && input.type() == RecordInput.HANDSHAKE) {
      // Only TLS 1.2 shows handshakes in the clear; they were renegotiations (RFC 5746).
      throw new SSLException("renegotiation is refused");
    }
    int before = dst.position();
    SSLEngineResult result =
        fits(dst) || !established ? engine.unwrap(input.bytes(), dst) : unwrapSpilling(dst);
    switch (result.getStatus()) {
      case OK -> {}
      case CLOSED -> ended = true;
      case BUFFER_UNDERFLOW -> {
        if (input.fill() < 0) {
          throw new SSLException("the stream was cut in the middle of a record");
        }
      }
      case BUFFER_OVERFLOW -> throw new SSLException("a record is too long");
    }
    if (established) {
      afterRecord(dst.position() > before);
    }
  }

  private SSLEngineResult unwrapSpilling(ByteBuffer dst) throws SSLException {
    BufferPool pool = below.buffers();
    ByteBuffer spill = pool.borrow();
    try {
      return engine.unwrap(input.bytes(), new ByteBuffer[] {dst, spill});
    } finally {
      if (spill.flip().hasRemaining()) {
        rest = spill;
      } else {
        pool.giveBack(spill);
      }
    }
  }

  private int takeRest(ByteBuffer dst) {
    int count = Math.min(rest.remaining(), dst.remaining());
    dst.put(dst.position(), rest, rest.position(), count);
    dst.position(dst.position() + count);
    rest.position(rest.position() + count);
    if (!rest.hasRemaining()) {
      ByteBuffer unused = rest;
      rest = EMPTY;
      below.buffers().giveBack(unused);
    }
    return count;
  }

  private void afterRecord(boolean broughtData) throws IOException {
    emptyRecords = broughtData ? 0 : emptyRecords + 1;
    if (emptyRecords > MOST_EMPTY_RECORDS) {
      throw new SSLException("too many records without data");
    }
    HandshakeStatus status = engine.getHandshakeStatus();
    if (status == HandshakeStatus.NEED_TASK) {
      runTasks();
      status = engine.getHandshakeStatus();
    }
    if (status == HandshakeStatus.NEED_WRAP && !ended) {
      output.answer();
    }
  }

  @Override
  public void write(ByteBuffer... srcs) throws IOException {
    output.write(srcs);
  }

  @Override
  public long partialWrites() {
    return below.partialWrites() + output.writes();
  }

  /// Encrypted bytes can't be sent by sendfile: the file is read in pieces of a record's size.
  @Override
  public void writeFile(FileChannel file, long position, long count) throws IOException {
    BufferPool pool = below.buffers();
    ByteBuffer[] pieces = new ByteBuffer[FILE_PIECES];
    for (int i = 0; i < FILE_PIECES; i++) {
      pieces[i] = pool.borrow();
    }
    try {
      for (long left = count; left > 0; ) {
        long read = read(file, position + count - left, left, pieces);
        output.write(pieces);
        left -= read;
        if (read == 0) {
          throw new EOFException("the file ends " + left + " bytes early");
        }
      }
    } finally {
      for (ByteBuffer piece : pieces) {
        pool.giveBack(piece);
      }
    }
  }

  private static long read(FileChannel file, long position, long left, ByteBuffer[] pieces)
      throws IOException {
    long total = 0;
    for (ByteBuffer piece : pieces) {
      piece.clear().limit((int) Math.min(RecordSize.LARGEST, left - total));
      while (piece.hasRemaining() && file.read(piece, position + total + piece.position()) >= 0) {
        // until it is full, or the file ends
      }
      total += piece.flip().remaining();
    }
    return total;
  }

  @Override
  public boolean wakeReader() {
    return below.wakeReader();
  }

  @Override
  public boolean startThread(Runnable rest) {
    return below.startThread(rest);
  }

  @Override
  public boolean canWaitWithoutThread() {
    return below.canWaitWithoutThread();
  }

  @Override
  public boolean startThreadWhenReadable(Runnable rest) throws IOException {
    boolean waits = !this.rest.hasRemaining() && !ended && !inputShut && !input.hasRecord();
    return waits && below.startThreadWhenReadable(rest);
  }

  @Override
  public void shutdownInput() {
    inputShut = true;
    below.shutdownInput();
  }

  @Override
  public void shutdownOutput() throws IOException {
    if (!outputEnded) {
      outputEnded = true;
      output.end();
      below.shutdownOutput();
    }
  }

  @Override
  public void close() {
    below.close();
  }

  @Override
  public Peer peer() {
    return below.peer();
  }

  @Override
  public BufferPool buffers() {
    return below.buffers();
  }

  @Override
  public TlsSession tls() {
    return Objects.requireNonNull(session, "the handshake is not done");
  }
}
