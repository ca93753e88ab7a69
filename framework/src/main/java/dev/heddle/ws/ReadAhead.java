package dev.heddle.ws;

import dev.heddle.Connection;
import java.io.IOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Messages that have come while nobody received, up to a bound; beyond it the peer has to wait, as
/// if nobody read. A thread reads them, and so finds the control frames between them, until a
/// receiver wants to read itself.
///
/// Threading: whoever has the [ReadingRole] adds while another takes.
final class ReadAhead {
  /// How much is read ahead, in bytes; a message or a piece of one may go beyond.
  static final int ENOUGH = 64 * 1024;

  /// What a message costs beside its bytes.
  private static final int OVERHEAD = 64;

  private final Connection connection;
  private final ReadingRole role;
  private final InputWait input;
  private final IncomingMessages incoming;
  private final Ending ending;
  private final ArrayDeque<Message> messages = new ArrayDeque<>(4);
  private int size;

  /// Whether the thread that reads now has added anything. Its own, once it has begun.
  private boolean added;

  ReadAhead(
      Connection connection,
      ReadingRole role,
      InputWait input,
      IncomingMessages incoming,
      Ending ending) {
    this.connection = connection;
    this.role = role;
    this.input = input;
    this.incoming = incoming;
    this.ending = ending;
  }

  /// Starts reading ahead, if there is room. For who has the role; it passes on to the thread.
  void begin() {
    if (ending.isOver() || incoming.isStreaming() || isFull()) {
      role.endAhead();
    } else {
      added = false;
      Thread.ofVirtual().name("websocket-read-ahead").start(this::run);
    }
  }

  private void run() {
    try {
      while (!ending.isOver() && !role.isReceiverWaiting() && !isFull()) {
        if (!addNext() && !ending.isOver() && !isFull()) {
          input.await();
        }
      }
    } catch (IOException e) {
      ending.failed(e);
    } finally {
      added = false;
      role.endAhead();
    }
  }

  /// @return whether there was one
  private boolean addNext() throws IOException {
    if (ending.isAwaited()) {
      incoming.dropAll(connection.buffered());
      return false;
    }
    Message message = incoming.pollAhead(connection.buffered(), ENOUGH);
    if (message != null) {
      add(message);
    }
    return message != null;
  }

  private synchronized void add(Message message) {
    messages.add(message);
    added = true;
    size += message.length() + OVERHEAD;
  }

  /// The next message, if there is one.
  ///
  /// @throws WebSocketException if it is larger than is allowed
  @Nullable Message poll() throws WebSocketException {
    Message message = take();
    if (message != null) {
      incoming.checkSize(message);
    }
    return message;
  }

  /// As [#poll()], however large it is.
  synchronized @Nullable Message take() {
    Message message = messages.poll();
    if (message != null) {
      size -= message.length() + OVERHEAD;
    }
    return message;
  }

  synchronized boolean isEmpty() {
    return messages.isEmpty();
  }

  /// Whether a receiver is to answer what has come before the frame at hand, or is answering it:
  /// messages that are here, or that were taken while the next ones were read. For who has the
  /// role.
  boolean isToBeAnswered() {
    return added || !isEmpty();
  }

  /// Whether no more is to be read.
  private synchronized boolean isFull() {
    return size + incoming.lengthOfPart() >= ENOUGH;
  }
}
