package dev.heddle.benchmarks.load;

import java.time.Duration;
import java.util.List;

/// What a broadcast is measured by: a room full of members, and one more that talks.
///
/// @param target the room's WebSocket
/// @param members how many listen
/// @param join what each says when it is connected; empty: nothing
/// @param message what the talker says, with [#TEXT] in place of the text that is measured
/// @param fieldLines header fields of the handshakes, each `Name: value`
/// @param timeout the longest wait for the connections, and for the last deliveries
public record BroadcastPlan(
    Target target,
    int members,
    String join,
    String message,
    List<String> fieldLines,
    Duration timeout) {
  /// Stands for the text that is measured.
  public static final String TEXT = "{text}";

  private static final int MAX_MEMBERS = 100_000;

  /// Checks the values.
  ///
  /// @throws IllegalArgumentException when one makes no sense
  public BroadcastPlan {
    fieldLines = List.copyOf(fieldLines);
    HttpRequest.checkFieldLines(fieldLines);
    if (!target.scheme().equals(Target.Scheme.WS)) {
      throw new IllegalArgumentException("a room has a ws:// URL, not " + target);
    }
    if (members < 1 || members > MAX_MEMBERS) {
      throw new IllegalArgumentException(
          "members must be from 1 to " + MAX_MEMBERS + ", not " + members);
    }
    if (!message.contains(TEXT)) {
      throw new IllegalArgumentException("the message needs a " + TEXT + " in it");
    }
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("timeout must be above 0");
    }
  }
}
