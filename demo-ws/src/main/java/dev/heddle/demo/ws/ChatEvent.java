package dev.heddle.demo.ws;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a member of a room hears, as JSON: `type` tells which it is.
///
/// ```json
/// {"type": "message", "number": 12, "from": 7, "name": "Ada", "message": "hello", "at": 1767225600000}
/// ```
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ChatEvent.Welcome.class, name = "welcome"),
  @JsonSubTypes.Type(value = ChatEvent.Said.class, name = "message"),
  @JsonSubTypes.Type(value = ChatEvent.Joined.class, name = "joined"),
  @JsonSubTypes.Type(value = ChatEvent.Left.class, name = "left"),
  @JsonSubTypes.Type(value = ChatEvent.Crowded.class, name = "crowded"),
  @JsonSubTypes.Type(value = ChatEvent.Refused.class, name = "refused"),
})
sealed interface ChatEvent {

  /// The first that a member hears.
  ///
  /// @param id the member's own
  /// @param server changes when the server starts anew, and numbers of messages begin again
  /// @param members the others, in the order in which they came; null: they are too many to tell
  /// @param history the last messages, oldest first
  /// @param longest message that may be sent, in UTF-16 units
  record Welcome(
      long id,
      String room,
      String server,
      @Nullable List<Person> members,
      List<Said> history,
      int longest)
      implements ChatEvent {}

  /// Somebody said something.
  ///
  /// @param number counts the messages of the room
  /// @param from the id of who said it
  /// @param name of who said it, who may have left by now
  /// @param at in milliseconds since 1970
  record Said(long number, long from, String name, String message, long at) implements ChatEvent {}

  /// Somebody came.
  record Joined(long id, String name) implements ChatEvent {}

  /// Somebody left.
  record Left(long id, String name) implements ChatEvent {}

  /// There are too many members by now to tell who comes and goes, or no longer.
  ///
  /// @param members all of them; null: they are too many
  record Crowded(@Nullable List<Person> members) implements ChatEvent {}

  /// What the member sent was not accepted.
  record Refused(String reason) implements ChatEvent {}
}
