package dev.heddle;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a [ConnectionHandler] sees of one connection: blocking input and output, buffered.
///
/// Output is sent when it is flushed, when its buffer is full, **before the connection waits for
/// input**, and when the handler returns. So answers to requests that arrived together leave
/// together, and nobody waits for an answer that sits in a buffer. A handler that writes and then
/// does something slow other than reading calls [#flush()] itself.
///
/// Buffers are borrowed while they hold something; an idle connection has next to none.
///
/// Time is held by a deadline per phase (see [#awaiting] and [#working]). A handler that names no
/// phase is taken to be awaiting its peer whenever it waits for input, for as long as
/// [ServerOptions#idleTimeout()] allows. When a deadline passes, a blocked read throws
/// [SocketTimeoutException]; a last answer may still be written, within two seconds.
///
/// Threading: owned by the thread of its handler. Only [#close()] may be called from elsewhere,
/// unless a codec [attends][#attend] to it.
public final class Connection implements Closeable {
  /// Written by the owner: see [#layer]. Others may close it or end its input.
  private volatile Transport transport;

  private final ConnectionScope scope;
  private final ConnectionInput input;
  private final ConnectionOutput output;
  private final Deadlines deadlines;
  private boolean phasesNamed;
  private boolean messagesNamed;

  /// Whether the handler has returned. Written by the owner.
  private volatile boolean finishing;

  /// Whose connection it is, if the one at the other end speaks for another. Written by the owner.
  private volatile @Nullable Peer client;

  /// The address that holds a permit for it. The scope only.
  @Nullable InetAddress permitHolder;

  /// Whether its permit is given back. The scope only.
  boolean hasLeft;

  /// Who serves the rest of it, once the handler has returned. The owner's.
  private @Nullable ConnectionHandler successor;

  /// Whether the owner has learned that the server is closing. Written by the owner.
  private volatile boolean ending;

  /// Who looks after the connection in place of the rules that hold for all. Written by the owner,
  /// read by the sweeper and by whoever closes the server.
  private volatile @Nullable ConnectionAttendant attendant;

  /// Whether the next read that waits is not to. Any thread.
  private volatile boolean readerWoken;

  /// Whether a codec has ended the input. Any thread.
  private volatile boolean inputShut;

  /// Written by the owner; others may see a value that lags.
  private long messages;

  Connection(Transport transport, ConnectionScope scope) {
    this.transport = transport;
    this.scope = scope;
    this.input = new ConnectionInput(this, transport);
    this.deadlines = new Deadlines(scope);
    this.output = new ConnectionOutput(transport, deadlines);
  }

  /// Both ends of the connection.
  public Peer peer() {
    Peer introduced = client;
    return introduced != null ? introduced : transport.peer();
  }

  /// Has the connection be that of another peer, for whom the one at the other end speaks: for
  /// protocols between a proxy and a handler. From now on the limits per address hold for that one.
  ///
  /// @throws IOException if they leave no room for it: the connection can only be closed
  public void introduce(Peer peer) throws IOException {
    client = peer;
    scope.introduced(this);
  }

  /// What a TLS handshake has agreed on, or null if the bytes come and go in the clear.
  public @Nullable TlsSession tls() {
    return transport.tls();
  }

  /// Puts a layer between this connection and its network, such as TLS: from now on, all bytes pass
  /// through it, beginning with those that have been read and not yet consumed. Output is flushed
  /// first. Blocks while the layer shakes hands, under the deadline of the current phase. If it
  /// throws, the connection can only be closed.
  public void layer(TransportLayer layer) throws IOException {
    output.flush();
    Transport above;
    try {
      above = layer.over(transport, input.buffered());
    } catch (IOException e) {
      throw handshakeFailed(e);
    }
    transport = above;
    input.continueFrom(above);
    output.continueTo(above);
  }

  private IOException handshakeFailed(IOException cause) {
    String why = deadlines.passed();
    IOException told = why == null ? cause : new SocketTimeoutException(why);
    scope.observer().handshakeFailed(this, HandshakeFailure.of(told));
    return told;
  }

  /// The bytes from the peer, as a stream of the JDK: a read blocks until at least one byte is
  /// there and returns -1 at the end of the stream. `transferTo` the output of a connection passes
  /// bytes on as they come, without copying them through the Java heap.
  public InputStream input() {
    return input;
  }

  /// The bytes to the peer, as a stream of the JDK. Buffered: see the class comment. Closing it
  /// sends what is buffered and tells the peer that no more will come; reading goes on.
  public OutputStream output() {
    return output;
  }

  /// Reads what is there into `dst`, blocking until at least one byte is. Output is flushed first
  /// if the read has to wait.
  ///
  /// @return the number of bytes read, or -1 at the end of the stream; 0 only if `dst` is full
  public int read(ByteBuffer dst) throws IOException {
    return input.read(dst);
  }

  /// Sends what is buffered and then all bytes of all buffers, as one gathering write if they are
  /// few; blocks until the network has accepted the last one.
  public void write(ByteBuffer... srcs) throws IOException {
    output.write(srcs);
  }

  /// Whether a [#tryWrite] may send something: nothing is buffered, the engine and the [#layer], if
  /// there is one, can send without waiting, and the connection is open. Looks, and does nothing.
  public boolean canTryWrite() {
    return output.canTryWrite();
  }

  /// Sends what the network takes at once, if nothing is buffered; never blocks. What is left in
  /// `src` is the caller's to send.
  ///
  /// @return how many bytes were sent; 0 if there are some buffered, or the engine or a [#layer]
  ///   can't send without waiting
  public int tryWrite(ByteBuffer src) throws IOException {
    return output.tryWrite(src);
  }

  /// Sends what is buffered and then a part of a file, by sendfile where the engine can; blocks
  /// until the network has accepted the last byte.
  ///
  /// @throws java.io.EOFException if the file ends before
  public void writeFile(FileChannel file, long position, long count) throws IOException {
    output.writeFile(file, position, count);
  }

  /// Sends what is buffered.
  public void flush() throws IOException {
    output.flush();
  }

  /// Sends what is buffered and tells the peer that no more will come. Idempotent; reading goes on.
  public void shutdownOutput() throws IOException {
    output.close();
  }

  /// The bytes that have been read from the network and not yet consumed, for codecs that parse in
  /// place: consume by moving its position. Backed by an accessible array. Valid until the next
  /// call of a reading method; empty if there are none.
  public ByteBuffer buffered() {
    return input.buffered();
  }

  /// Gives the buffer behind [#buffered()] back, if all in it has been consumed: for codecs that
  /// are about to let a handler work, which may take its time. The next read borrows one.
  public void releaseConsumed() {
    input.releaseConsumed();
  }

  /// Reads more bytes behind those of [#buffered()], which stay; blocks until at least one came.
  /// Output is flushed first. The buffer grows without bound if its bytes are never consumed: a
  /// codec holds its limit.
  ///
  /// @return false at the end of the stream
  public boolean fill() throws IOException {
    return input.fill();
  }

  /// Between messages: the peer may begin one, or leave. A drain of the server ends the input of a
  /// connection that is awaiting. For codecs; from the first call on, the connection no longer
  /// guesses its phase by itself.
  ///
  /// @param limit how long; zero: for ever
  public void awaiting(Duration limit) {
    phasesNamed = true;
    enterAwaiting(limit.toMillis());
  }

  /// In the middle of a message: a drain lets it finish. For codecs, as [#awaiting].
  ///
  /// @param limit how long; zero: for ever
  public void working(Duration limit) {
    phasesNamed = true;
    deadlines.phase.move(Phase.WORKING, scope.deadline(limit.toMillis()));
  }

  /// Back to guessing the phase, as at the start: for a codec that hands the connection on to a
  /// handler of another protocol.
  public void forgetPhases() {
    phasesNamed = false;
    deadlines.phase.move(Phase.WORKING, Phase.NEVER);
  }

  /// Has another handler serve the rest of the connection when the one that serves it now has
  /// returned: for a codec that gives way to another protocol, as HTTP does behind an upgrade.
  /// Where handlers run on virtual threads, that one gets a thread of its own, and so sees no
  /// thread-local of the first: else what the first has on its stack would stay there for as long
  /// as the second waits. If the first throws, the connection ends. The owner; the last call
  /// counts.
  public void handOver(ConnectionHandler next) {
    forgetPhases();
    continueWith(next);
  }

  /// Who is to take over, told once. The owner.
  @Nullable ConnectionHandler takeSuccessor() {
    ConnectionHandler next = successor;
    successor = null;
    return next;
  }

  /// As [#handOver], in the phase that it is in. The owner.
  void continueWith(ConnectionHandler next) {
    successor = next;
  }

  /// See [Transport#startThread].
  boolean startThread(Runnable rest) {
    return transport.startThread(rest);
  }

  /// See [Transport#canWaitWithoutThread].
  boolean canWaitWithoutThread() {
    return transport.canWaitWithoutThread();
  }

  /// See [Transport#startThreadWhenReadable]. Output is flushed first.
  ///
  /// @return false if the caller is to go on, as the engine says so, or as no more input will come
  boolean startThreadWhenReadable(Runnable rest) throws IOException {
    output.flush();
    input.releaseConsumed();
    return !ending && transport.startThreadWhenReadable(rest);
  }

  /// Leaves it to a codec to look after the connection, for a protocol in which both sides speak
  /// when they like. From now on
  ///
  /// - one thread may read while another writes: the codec sees to it that at most one does either
  ///   at a time, with locks of its own. Output is no longer sent before the connection waits for
  ///   input: whoever writes flushes;
  /// - a closing server does not end the input of a connection that is awaiting: it tells the
  ///   attendant, which ends the connection as its protocol wants it. What is open when the grace
  ///   is over is closed all the same;
  /// - the attendant can be called later: see [#alarmAfter].
  ///
  /// Called once, by the owner, before other threads know the connection.
  public void attend(ConnectionAttendant attendant) {
    working(Duration.ZERO);
    input.forgetSizes();
    this.attendant = attendant;
    if (scope.isDraining()) {
      attendant.draining();
    }
  }

  /// Has the attendant called once, when so much time has passed, in place of what was asked for
  /// before. It is called late by as much as deadlines are held late, never early. Any thread.
  ///
  /// @param delay zero: never
  public void alarmAfter(Duration delay) {
    deadlines.alarmAt(scope.deadline(delay.toMillis()));
  }

  /// The time by which deadlines are held, in milliseconds since some moment. It lags by up to 50
  /// milliseconds, and costs no more than a field. Any thread.
  public long clockMillis() {
    return scope.clockMillis();
  }

  /// Whether the server is closing and would like this connection to end soon.
  public boolean isDraining() {
    return scope.isDraining();
  }

  /// Who is told what happens on the server: for codecs.
  public Observer observer() {
    return scope.observer();
  }

  /// Has a [#fill()] that waits, or else the next one, return false though the stream has not
  /// ended, where the engine can wake a reader so. For codecs that [attend][#attend]; any thread.
  ///
  /// @return false, and nothing is done, if it can't: then only [#shutdownInput()] wakes it
  public boolean wakeReader() {
    readerWoken = true;
    boolean can = transport.wakeReader();
    if (!can) {
      readerWoken = false;
    }
    return can;
  }

  /// Whether the reader has been woken, once.
  boolean isReaderWoken() {
    boolean was = readerWoken;
    if (was) {
      readerWoken = false;
    }
    return was;
  }

  /// Ends the input from this side, for good: a read that waits finds the end of the stream. As
  /// then the peer can't be seen to leave, the connection stays open for a moment when its handler
  /// has returned, so that the peer has time to take the last it was sent. For codecs that
  /// [attend][#attend]; any thread.
  public void shutdownInput() {
    inputShut = true;
    transport.shutdownInput();
  }

  /// Counts a message (a request, a frame) for the statistics. Until the first call, every read
  /// that brought bytes counts as one.
  public void countMessage() {
    messagesNamed = true;
    messages++;
  }

  /// Bytes read from the network so far; within a [#layer], those that came through it. Any thread,
  /// and then perhaps a moment old.
  public long bytesRead() {
    return input.bytesRead;
  }

  /// Bytes handed to the network so far, or to the [#layer] above it. Any thread, and then perhaps
  /// a moment old.
  public long bytesWritten() {
    return output.bytesWritten;
  }

  /// Messages counted so far. Any thread, and then perhaps a moment old.
  public long messages() {
    return messages;
  }

  /// Ends the connection at once: what is buffered is not sent; a blocked read or write throws. Any
  /// thread; idempotent; does not block. A handler that just wants to end returns instead.
  @Override
  public void close() {
    transport.close();
  }

  /// Called before input is waited for.
  void beforeWait() throws IOException {
    if (attendant == null) {
      output.flush();
    }
    if (!phasesNamed) {
      enterAwaiting(scope.idleMillis());
    }
  }

  /// Called when input has come.
  void afterWait() throws IOException {
    if (!phasesNamed) {
      deadlines.phase.move(Phase.WORKING, Phase.NEVER);
      if (!messagesNamed) {
        messages++;
      }
    }
  }

  private void enterAwaiting(long limitMillis) {
    deadlines.phase.move(Phase.AWAITING, scope.deadline(limitMillis));
    if (scope.isDraining() && attendant == null) {
      deadlines.phase.end();
      ending =
          deadlines.phase.current() == Phase.ENDING
              && !(phasesNamed && input.buffered().hasRemaining());
    }
  }

  /// Asks for no more messages, if the connection is awaiting one: the owner learns of it when it
  /// next waits. Any thread.
  void drain() {
    ConnectionAttendant attending = attendant;
    if (attending != null) {
      attending.draining();
    } else {
      deadlines.phase.end();
    }
  }

  /// Ends the input of an owner that has not learned of the drain, as it waits for input. Not done
  /// at once: whoever is about to have input learns of it by itself, and then goes on reading, so
  /// that closing the socket does not take the last answer from the peer. Any thread.
  void endInput() {
    if (attendant != null) {
      return;
    }
    deadlines.phase.end();
    if (deadlines.phase.current() == Phase.ENDING && !ending) {
      cutInput();
    }
  }

  /// Whether the handler has returned, and only the peer has yet to leave. Any thread.
  boolean isFinishing() {
    return finishing;
  }

  /// Whether the input is over to the owner, as the server is closing. Owner only.
  boolean isEnding() {
    return ending;
  }

  /// Throws if a deadline has passed.
  void checkOverdue() throws SocketTimeoutException {
    deadlines.check();
  }

  /// Holds the deadlines. The sweeper only.
  void sweep(long now) {
    deadlines.hold(this, now);
  }

  /// Has a read that waits, and all that follow, find the end of the stream. Any thread.
  void cutInput() {
    transport.shutdownInput();
  }

  /// Who looks after the connection, if somebody does. Any thread.
  @Nullable ConnectionAttendant attendant() {
    return attendant;
  }

  /// The phase now, as [Phase] has it. Any thread.
  int phase() {
    return deadlines.phase.current();
  }

  /// See [Transport#partialWrites()].
  long partialWrites() {
    return transport.partialWrites();
  }

  /// Ends the connection in good order after its handler has returned.
  void finish() throws IOException {
    finishing = true;
    if (deadlines.passed() != null || inputShut) {
      finishUnread();
      return;
    }
    output.close();
    phasesNamed = true;
    deadlines.phase.move(Phase.WORKING, scope.deadline(ConnectionScope.LINGER_MILLIS));
    ending = false;
    input.drain();
  }

  /// Ends the connection after its input was shut, by a deadline or a codec, and so can't be
  /// drained: a peer that sends on would have the last answer taken from it by the reset with which
  /// the system meets bytes behind the end of both directions. So the end waits a while.
  private void finishUnread() throws IOException {
    output.flush();
    if (deadlines.hasWrittenSince(this)) {
      scope.lingerOverdue();
    }
    output.close();
  }

  /// Gives back what is borrowed, and closes. Owner only.
  void release() {
    transport.close();
    input.release();
    output.release();
  }
}
