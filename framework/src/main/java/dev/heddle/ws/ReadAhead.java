package dev.heddle.ws;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Messages that have come while nobody received, up to a bound; beyond it the peer has to wait, as
/// if nobody read.
///
/// Threading: one thread adds while another takes.
final class ReadAhead {
  /// How much is read ahead, in bytes; a message or a piece of one may go beyond.
  static final int ENOUGH = 64 * 1024;

  /// What a message costs beside its bytes.
  private static final int OVERHEAD = 64;

  private final ArrayDeque<Message> messages = new ArrayDeque<>(4);
  private int size;

  synchronized void add(Message message) {
    messages.add(message);
    size += message.length() + OVERHEAD;
  }

  synchronized @Nullable Message poll() {
    Message message = messages.poll();
    if (message != null) {
      size -= message.length() + OVERHEAD;
    }
    return message;
  }

  synchronized boolean isEmpty() {
    return messages.isEmpty();
  }

  /// Whether no more is to be read.
  synchronized boolean isFull(MessageAssembler assembler) {
    return size + assembler.length() >= ENOUGH;
  }
}
