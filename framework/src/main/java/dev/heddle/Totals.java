package dev.heddle;

import java.util.Collection;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What a server has counted since it started; connections that are still open count for themselves
/// until they leave.
///
/// A connection leaves at once to who looks: it is never counted twice, nor not at all, and no
/// number ever falls. Any number leave together; they wait only while somebody looks.
///
/// Threading: any thread but those of a loop, which may not wait.
final class Totals {
  final LongAdder accepted = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder acceptFailures = new LongAdder();
  private final LongAdder messages = new LongAdder();
  private final LongAdder bytesRead = new LongAdder();
  private final LongAdder bytesWritten = new LongAdder();

  /// Held shared by those who leave, and alone by who looks.
  private final ReadWriteLock leaving = new ReentrantReadWriteLock();

  /// Takes what a connection has counted, as it is no longer among those that are open.
  void take(Connection connection, Collection<Connection> open) {
    leaving.readLock().lock();
    try {
      open.remove(connection);
      add(connection);
    } finally {
      leaving.readLock().unlock();
    }
  }

  private void add(Connection connection) {
    messages.add(connection.messages());
    bytesRead.add(connection.bytesRead());
    bytesWritten.add(connection.bytesWritten());
  }

  /// The totals with those of the connections that are open.
  ///
  /// @param open asked for while none leaves
  ServerStatistics with(Supplier<Stream<Connection>> open) {
    leaving.writeLock().lock();
    try {
      return sum(open.get().toList());
    } finally {
      leaving.writeLock().unlock();
    }
  }

  private ServerStatistics sum(Iterable<Connection> open) {
    long current = 0;
    long messagesNow = messages.sum();
    long readNow = bytesRead.sum();
    long writtenNow = bytesWritten.sum();
    for (Connection connection : open) {
      current++;
      messagesNow += connection.messages();
      readNow += connection.bytesRead();
      writtenNow += connection.bytesWritten();
    }
    return new ServerStatistics(
        current,
        accepted.sum(),
        refused.sum(),
        failed.sum(),
        acceptFailures.sum(),
        messagesNow,
        readNow,
        writtenNow);
  }
}
