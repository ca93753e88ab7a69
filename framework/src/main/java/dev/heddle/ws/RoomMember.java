package dev.heddle.ws;

import java.util.concurrent.Executor;

/// A socket's stay in a [Room], from joining to leaving. A socket may be in several rooms.
///
/// Any thread.
///
/// @param <T> who members are to the application
public final class RoomMember<T> implements AutoCloseable {
  private final Room<T> room;
  private final WebSocket socket;
  private final T who;
  private final Mailbox mailbox;

  RoomMember(Room<T> room, WebSocket socket, T who, RoomOptions options, Executor couriers) {
    this.room = room;
    this.socket = socket;
    this.who = who;
    this.mailbox = new Mailbox(socket, options, couriers, this::close);
  }

  /// Who it is, as told when joining.
  public T who() {
    return who;
  }

  /// Its socket.
  public WebSocket socket() {
    return socket;
  }

  /// Sends a message to this member alone, behind what it was sent before. As slow as the policy
  /// allows: see [Room#broadcast(PreparedMessage)].
  public void send(PreparedMessage message) {
    if (!mailbox.put(message, false)) {
      expel();
    }
  }

  /// Has it leave, as it is too slow.
  void expel() {
    socket.close(CloseCode.TRY_AGAIN_LATER, "too slow");
    close();
  }

  /// Messages that it was not sent, as it was too slow for them.
  public long dropped() {
    return mailbox.dropped();
  }

  /// Leaves the room: what was broadcast before is still sent, the socket stays open. Idempotent.
  @Override
  public void close() {
    room.leave(this);
  }

  Mailbox mailbox() {
    return mailbox;
  }
}
