package dev.heddle;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/// The bytes of one connection, as a [Backend] moves them: blocking reads and writes, no buffers of
/// its own. TLS and the PROXY protocol decorate it; handlers see it through a [Connection].
///
/// Threading: one thread reads and one thread writes at a time (they may be the same). [#close()]
/// and [#shutdownInput()] may be called from any thread, at any time.
public interface Transport extends Closeable {

  /// Waits until a read would not block, where the engine can tell, so that a waiting connection
  /// needs no buffer.
  ///
  /// @return true if bytes, the end of the stream or an error are there to be read, or are likely
  ///   to be: the next [#read] does not block; false, at once, if this engine can't tell without
  ///   reading: the next [#read] may then block
  /// @throws IOException if the connection was closed or broke while waiting
  boolean awaitReadable() throws IOException;

  /// Reads what is there into `dst`, blocking until at least one byte is.
  ///
  /// @param dst has room for at least one byte
  /// @return the number of bytes read, at least 1, or -1 at the end of the stream; 0 only if the
  ///   reader was [woken][#wakeReader], or right behind [#awaitReadable()], if nothing is there
  ///   after all
  /// @throws IOException if the connection is closed, was reset, or broke
  int read(ByteBuffer dst) throws IOException;

  /// Writes all bytes of all buffers in order, as one gathering write where the engine can; blocks
  /// until the last byte was accepted by the network.
  ///
  /// @throws IOException if the connection is closed, was reset, or broke; how much was sent is
  ///   then unknown
  void write(ByteBuffer... srcs) throws IOException;

  /// Whether a [#tryWrite] may write something: this engine can write without waiting, and the
  /// connection is open. Any thread; looks, and does nothing.
  default boolean canTryWrite() {
    return false;
  }

  /// Writes what the network takes at once, and does not wait for it to take the rest. The writer.
  ///
  /// @return how many bytes that was; always 0 where this engine can't write without waiting
  /// @throws IOException as [#write]
  default int tryWrite(ByteBuffer src) throws IOException {
    return 0;
  }

  /// How often the network has accepted a part, and not yet the rest, of what was being written: so
  /// a writer that is blocked is seen to make progress. Any thread, and then perhaps a moment old.
  ///
  /// @return a number that grows; always 0 if this engine can't tell, which then holds a peer to
  ///   accepting all of a write within the time for one
  default long partialWrites() {
    return 0;
  }

  /// Writes `count` bytes of `file` from `position`, without copying them through the Java heap
  /// where the engine can (sendfile); blocks until the last byte was accepted by the network.
  ///
  /// @throws java.io.EOFException if the file ends before
  /// @throws IOException as [#write]
  void writeFile(FileChannel file, long position, long count) throws IOException;

  /// Ends the input from this side: a blocked reader wakes, and reads return -1 from then on. An
  /// engine may still deliver what had arrived before. Any thread; idempotent; nothing is sent.
  void shutdownInput();

  /// Has a thread that waits in [#awaitReadable()] or [#read], or else the next one, return though
  /// nothing may be there, until a read has returned 0. Any thread; does not block.
  ///
  /// @return false, and nothing is done, if this engine can't wake a reader without ending its
  ///   input
  default boolean wakeReader() {
    return false;
  }

  /// Has what remains to be done with the connection done by a new thread, of the kind that serves
  /// connections on this engine; the caller does nothing more with it. The owner.
  ///
  /// @return false, and nothing is done, on an engine that has no thread to spare
  default boolean startThread(Runnable rest) {
    return false;
  }

  /// Whether a connection of this engine needs no thread while it waits for input, so that
  /// [#startThreadWhenReadable] may be called.
  default boolean canWaitWithoutThread() {
    return false;
  }

  /// As [#startThread], but only once a read would not block, or the connection is closed. The
  /// thread may have served other connections, and may go on to serve more of them. The owner.
  ///
  /// @return false, and nothing is done, if the caller is to go on: a read would not block, or the
  ///   connection is closed, or this engine can't do that
  /// @throws IOException if what has come already is malformed
  default boolean startThreadWhenReadable(Runnable rest) throws IOException {
    return false;
  }

  /// Tells the peer that no more bytes will come (TCP FIN). Reading goes on. Idempotent.
  ///
  /// @throws IOException if the connection is closed or broke
  void shutdownOutput() throws IOException;

  /// Closes both directions; blocked readers and writers wake with an [IOException]. Any thread;
  /// idempotent; does not block and never throws.
  @Override
  void close();

  /// Both ends of the connection.
  Peer peer();

  /// What a TLS handshake has agreed on, or null where there was none.
  default @Nullable TlsSession tls() {
    return null;
  }

  /// Where a [Connection] over this transport borrows its buffers.
  default BufferPool buffers() {
    return BufferPool.shared();
  }
}
