package dev.heddle;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/// The time that one connection has: for its phase, for a write under way, for a codec's alarm, and
/// in all. The owner and its codec set the deadlines, the sweeper holds them.
///
/// All moments are in milliseconds of [ServerClock].
final class Deadlines {
  private static final VarHandle STALL_AT;
  private static final VarHandle ALARM_AT;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      STALL_AT = lookup.findVarHandle(Deadlines.class, "writeStallAt", long.class);
      ALARM_AT = lookup.findVarHandle(Deadlines.class, "alarmAt", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final ConnectionScope scope;

  /// Where the connection stands, and until when it may stay there.
  final Phase phase = new Phase();

  /// When the connection is closed whatever it does. Written by the sweeper after it is opened.
  private volatile long closeAt;

  /// When the write under way counts as stalled. Written by the writer and the sweeper.
  private volatile long writeStallAt = Phase.NEVER;

  /// How many parts of writes the sweeper has seen accepted. The sweeper's own.
  private long partialWritesSeen;

  /// How many bytes had been written when a deadline passed. Written by the sweeper before
  /// [#overdue].
  private long writtenInTime;

  /// When the attendant is called. Any thread.
  private volatile long alarmAt = Phase.NEVER;

  /// Which deadline has passed: the message of what the owner's read or write then throws. Written
  /// by the sweeper.
  private volatile @Nullable String overdue;

  Deadlines(ConnectionScope scope) {
    this.scope = scope;
    this.closeAt = scope.connectionDeadline();
  }

  /// A write begins: it stalls when the network accepts nothing for so long. The writer.
  void writeBegins() {
    STALL_AT.setRelease(this, scope.writeDeadline());
  }

  /// No write is under way. The writer.
  void writeEnds() {
    STALL_AT.setRelease(this, Phase.NEVER);
  }

  /// Has the attendant called at a moment, in place of the one before. Any thread.
  void alarmAt(long moment) {
    alarmAt = moment;
  }

  /// What to say of the one that has passed, or null. Any thread.
  @Nullable String passed() {
    return overdue;
  }

  /// Throws if one has passed.
  void check() throws SocketTimeoutException {
    String why = overdue;
    if (why != null) {
      throw new SocketTimeoutException(why);
    }
  }

  /// Whether the owner has written something since one passed: its last words. Owner only.
  boolean hasWrittenSince(Connection connection) {
    return connection.bytesWritten() > writtenInTime;
  }

  /// Holds the deadlines of a connection, whose own these are. The sweeper only.
  void hold(Connection connection, long now) {
    noteProgress(connection);
    if (now >= closeAt) {
      close(connection, "the connection has lasted as long as it may");
    } else if (now >= writeStallAt) {
      close(connection, "the peer has accepted no bytes within the write timeout");
    } else if (phase.expire(now)) {
      endInput(connection);
    } else if (now >= alarmAt) {
      ring(connection, now);
    }
  }

  private void close(Connection connection, String why) {
    if (overdue == null) {
      overdue = why;
    }
    connection.close();
  }

  /// Ends the reading; a last answer may still be written.
  private void endInput(Connection connection) {
    writtenInTime = connection.bytesWritten();
    overdue = "nothing came within the time allowed";
    closeAt = Math.min(closeAt, scope.deadline(ConnectionScope.LAST_WORDS_MILLIS));
    connection.cutInput();
  }

  private void ring(Connection connection, long now) {
    long seen = alarmAt;
    ConnectionAttendant attendant = connection.attendant();
    if (now >= seen && attendant != null && ALARM_AT.compareAndSet(this, seen, Phase.NEVER)) {
      attendant.alarm();
    }
  }

  /// Gives what is left of a write its own time, if the network has accepted a part since the last
  /// sweep.
  private void noteProgress(Connection connection) {
    long stallAt = writeStallAt;
    if (stallAt == Phase.NEVER) {
      return;
    }
    long accepted = connection.partialWrites();
    if (accepted != partialWritesSeen) {
      partialWritesSeen = accepted;
      STALL_AT.compareAndSet(this, stallAt, scope.writeDeadline());
    }
  }
}
