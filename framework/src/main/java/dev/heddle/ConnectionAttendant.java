package dev.heddle;

/// What a codec hears from the server about a connection that it looks after by itself: see
/// [Connection#attend].
///
/// Threading: called on threads of the server that all connections share, at any time, several at
/// once. So neither method may block, take a lock that is held while something blocks, or throw.
public interface ConnectionAttendant {

  /// The server begins to close, and would like the connection to end soon. Called once or more.
  void draining();

  /// The time asked for by [Connection#alarmAfter] has passed.
  void alarm();
}
