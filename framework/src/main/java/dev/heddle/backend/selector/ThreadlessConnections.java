package dev.heddle.backend.selector;

import java.util.ArrayDeque;

/// The connections of a loop that have no thread and are to go on. In each turn of the loop a new
/// thread serves one after the other; when one of them blocks it, another new thread takes the
/// rest.
///
/// Threading: the loop, and the threads that it carries.
final class ThreadlessConnections {
  private final ArrayDeque<SelectorTransport> due = new ArrayDeque<>();

  /// How many have their turn now, and have not gone on yet.
  private int share;

  /// Takes in one that goes on in the next turn.
  void add(SelectorTransport connection) {
    due.add(connection);
  }

  boolean isEmpty() {
    return due.isEmpty();
  }

  /// All that are there have their turn now; those that come meanwhile have it later.
  void beginTurn() {
    share = due.size();
  }

  /// Whether there are some that have their turn and need a thread.
  boolean needThread() {
    return share > 0;
  }

  /// Goes on with those that have their turn, on the calling thread.
  void serve() {
    while (share > 0) {
      share--;
      boolean _ = Thread.interrupted(); // was meant for the one before
      due.remove().resume();
    }
  }
}
