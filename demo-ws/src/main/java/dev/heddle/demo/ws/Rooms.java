package dev.heddle.demo.ws;

import dev.heddle.http.Request;
import dev.heddle.http.Response;
import dev.heddle.ws.RoomOptions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All rooms, by name. One is opened for whoever asks for it, and stays, with what was said in it,
/// as long as there is space; then the room that has been without a visit for longest gives way.
///
/// Threading: any thread.
final class Rooms {
  private final ChatLimits limits;
  private final RoomOptions options;

  /// The one visited last is the last. Guarded by this.
  private final Map<String, Visited> rooms = new LinkedHashMap<>(16, 0.75f, true);

  /// A room, and how many are in it or about to be.
  private static final class Visited {
    final ChatRoom room;
    int visitors;

    Visited(ChatRoom room) {
      this.room = room;
    }
  }

  /// A room as `GET /rooms` shows it.
  private record Listed(String name, List<Person> members) {}

  Rooms(ChatLimits limits, RoomOptions options) {
    this.limits = limits;
    this.options = options;
  }

  /// The room of a name, for somebody who will [#leave] it.
  ///
  /// @throws RefusedException if it is full, or there are too many others
  synchronized ChatRoom visit(String name) throws RefusedException {
    Visited visited = rooms.get(name);
    if (visited == null) {
      makeSpace();
      visited = new Visited(new ChatRoom(name, limits.history(), options));
      rooms.put(name, visited);
    }
    if (visited.visitors == limits.members()) {
      throw new RefusedException("The room is full.");
    }
    visited.visitors++;
    return visited.room;
  }

  /// Ends a visit.
  synchronized void leave(ChatRoom room) {
    Visited visited = rooms.get(room.name());
    if (visited != null) {
      visited.visitors--;
    }
  }

  private void makeSpace() throws RefusedException {
    if (rooms.size() < limits.rooms()) {
      return;
    }
    for (Iterator<Visited> all = rooms.values().iterator(); all.hasNext(); ) {
      if (all.next().visitors == 0) {
        all.remove();
        return;
      }
    }
    throw new RefusedException("There are too many rooms: join one that is open.");
  }

  /// Who is where.
  Response list(Request request) {
    List<Listed> listed = new ArrayList<>();
    for (ChatRoom room : open()) {
      List<Person> people = room.people();
      if (!people.isEmpty()) {
        listed.add(new Listed(room.name(), people));
      }
    }
    return Response.json(Json.write(Map.of("rooms", listed))).with("Cache-Control", "no-store");
  }

  private synchronized List<ChatRoom> open() {
    return rooms.values().stream().map(visited -> visited.room).toList();
  }
}
