package dev.heddle.demo.ws;

/// How much there may be of what.
///
/// @param rooms open at a time
/// @param members in a room
/// @param history the last messages of a room, for whoever joins
record ChatLimits(int rooms, int members, int history) {
  static final ChatLimits DEFAULT = new ChatLimits(100, 10_000, 50);

  /// Who comes and goes is told to all while there are no more of them in a room: to tell a
  /// thousand of a thousand takes a million messages.
  static final int CROWD = 100;

  /// The longest message, in UTF-16 units, as browsers count.
  static final int MESSAGE = 2_000;

  /// The longest name of a person or a room, in UTF-16 units.
  static final int NAME = 32;
}
