package dev.heddle;

import java.util.concurrent.atomic.LongAdder;

/// What a server has counted since it started; connections that are still open count for themselves
/// until they leave.
final class Totals {
  final LongAdder accepted = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder acceptFailures = new LongAdder();
  private final LongAdder messages = new LongAdder();
  private final LongAdder bytesRead = new LongAdder();
  private final LongAdder bytesWritten = new LongAdder();

  /// Adds what a connection that is leaving has counted.
  void add(Connection connection) {
    messages.add(connection.messages());
    bytesRead.add(connection.bytesRead());
    bytesWritten.add(connection.bytesWritten());
  }

  /// The totals with those of the connections that are open.
  ServerStatistics with(Iterable<Connection> open) {
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
