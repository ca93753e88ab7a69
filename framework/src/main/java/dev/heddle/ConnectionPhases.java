package dev.heddle;

/// How many open connections stand where; taken one after the other while they move.
///
/// @param awaiting their peer: between messages, or idle
/// @param working on something that came
/// @param ending asked to, as the server closes or their time was up
public record ConnectionPhases(long awaiting, long working, long ending) {

  static ConnectionPhases of(Iterable<Connection> open) {
    long[] counts = new long[4];
    for (Connection connection : open) {
      counts[connection.phase()]++;
    }
    return new ConnectionPhases(
        counts[Phase.AWAITING],
        counts[Phase.WORKING],
        counts[Phase.EXPIRED] + counts[Phase.ENDING]);
  }
}
