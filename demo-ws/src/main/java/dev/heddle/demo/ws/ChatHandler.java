package dev.heddle.demo.ws;

import dev.heddle.http.Parameters;
import dev.heddle.ws.CloseCode;
import dev.heddle.ws.Message;
import dev.heddle.ws.RoomMember;
import dev.heddle.ws.WebSocket;
import dev.heddle.ws.WebSocketHandler;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/// A stay in a room: `/chat?room=lobby&name=Ada`, where either may be left out.
///
/// Whoever can't come in is told why by a Close frame, as browsers show pages nothing of an answer
/// that refuses the upgrade.
final class ChatHandler implements WebSocketHandler {
  private final Rooms rooms;
  private final AtomicLong lastId = new AtomicLong();

  ChatHandler(Rooms rooms) {
    this.rooms = rooms;
  }

  @Override
  public void handle(WebSocket socket) throws IOException {
    Parameters query = socket.request().query();
    try {
      String name = Names.person(query.get("name", "somebody"));
      ChatRoom room = rooms.visit(Names.room(query.get("room", "lobby")));
      try (RoomMember<Person> member =
          room.enter(socket, new Person(lastId.incrementAndGet(), name))) {
        listen(room, member);
      } finally {
        rooms.leave(room);
      }
    } catch (RefusedException e) {
      socket.close(CloseCode.POLICY_VIOLATION, e.reason());
    }
  }

  private static void listen(ChatRoom room, RoomMember<Person> member) throws IOException {
    for (Message message; (message = member.socket().receive()) != null; ) {
      try {
        room.say(member.who(), Json.said(message));
      } catch (RefusedException e) {
        member.send(Json.prepare(new ChatEvent.Refused(e.reason())));
      }
    }
  }
}
