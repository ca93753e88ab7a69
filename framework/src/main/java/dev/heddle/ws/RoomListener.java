package dev.heddle.ws;

/// Hears who comes to a [Room] and who goes.
///
/// It is told one thing after the other, in the order in which they happened, on the thread that
/// caused one of them; the room is not locked meanwhile, so a listener may broadcast, and may
/// block, though the next is then told later. What it throws is logged.
///
/// @param <T> who members are to the application
public interface RoomListener<T> {
  /// A member has joined.
  default void joined(RoomMember<T> member) {}

  /// A member has left, or was found to be gone.
  default void left(RoomMember<T> member) {}
}
