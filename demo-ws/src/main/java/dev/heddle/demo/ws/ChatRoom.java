package dev.heddle.demo.ws;

import dev.heddle.demo.ws.ChatEvent.Crowded;
import dev.heddle.demo.ws.ChatEvent.Joined;
import dev.heddle.demo.ws.ChatEvent.Left;
import dev.heddle.demo.ws.ChatEvent.Said;
import dev.heddle.demo.ws.ChatEvent.Welcome;
import dev.heddle.ws.Room;
import dev.heddle.ws.RoomListener;
import dev.heddle.ws.RoomMember;
import dev.heddle.ws.RoomOptions;
import dev.heddle.ws.WebSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A room in which people hear each other, and who joins hears what was said last.
///
/// Threading: any thread. What is told to the room and what is remembered of it change together,
/// under one lock, so that a newcomer misses nothing and hears nothing twice.
final class ChatRoom implements RoomListener<Person> {
  private static final String SERVER = UUID.randomUUID().toString();

  private final String name;
  private final int historyLimit;
  private final Room<Person> room;

  // Guarded by this.
  private final Map<Long, Person> present = new LinkedHashMap<>();
  private final Deque<Said> history = new ArrayDeque<>();
  private long numbered;

  ChatRoom(String name, int historyLimit, RoomOptions options) {
    this.name = name;
    this.historyLimit = historyLimit;
    this.room = new Room<>(options, this);
  }

  String name() {
    return name;
  }

  /// Those who are here, in the order in which they came.
  synchronized List<Person> people() {
    return List.copyOf(present.values());
  }

  /// Lets somebody in, and tells the others.
  synchronized RoomMember<Person> enter(WebSocket socket, Person person) {
    List<Person> others = present.size() < ChatLimits.CROWD ? people() : null;
    Welcome welcome =
        new Welcome(person.id(), name, SERVER, others, List.copyOf(history), ChatLimits.MESSAGE);
    return room.join(socket, person, Json.prepare(welcome));
  }

  /// Tells all what somebody says.
  synchronized void say(Person person, String words) {
    Said said = new Said(++numbered, person.id(), person.name(), words, System.currentTimeMillis());
    history.add(said);
    if (history.size() > historyLimit) {
      history.remove();
    }
    room.broadcast(Json.prepare(said));
  }

  @Override
  public synchronized void joined(RoomMember<Person> member) {
    Person person = member.who();
    present.put(person.id(), person);
    int size = present.size();
    if (size <= ChatLimits.CROWD) {
      room.broadcast(
          Json.prepare(new Joined(person.id(), person.name())), other -> !other.equals(member));
    } else if (size == ChatLimits.CROWD + 1) {
      room.broadcast(Json.prepare(new Crowded(null)));
    }
  }

  @Override
  public synchronized void left(RoomMember<Person> member) {
    Person person = member.who();
    present.remove(person.id());
    int size = present.size();
    if (size < ChatLimits.CROWD) {
      room.broadcast(Json.prepare(new Left(person.id(), person.name())));
    } else if (size == ChatLimits.CROWD) {
      room.broadcast(Json.prepare(new Crowded(people())));
    }
  }
}
