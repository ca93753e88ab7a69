package dev.heddle.ws;

import dev.heddle.Server;
import dev.heddle.ServerOptions;
import dev.heddle.SocketOptions;
import dev.heddle.TestBackends;
import dev.heddle.http.Http1;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A room on a server, whose members broadcast whatever they say, and what its listener heard.
final class RoomHall implements RoomListener<Integer>, Closeable {
  private static final long PATIENCE_SECONDS = 30;

  final Room<Integer> room;
  final Server server;
  final BlockingQueue<RoomMember<Integer>> joined = new LinkedBlockingQueue<>();
  final BlockingQueue<RoomMember<Integer>> left = new LinkedBlockingQueue<>();
  private final List<RoomPeer> peers = new ArrayList<>();
  private int next;

  RoomHall(TestBackends backend) throws IOException {
    this(backend, RoomOptions.DEFAULT, SocketOptions.DEFAULT);
  }

  RoomHall(TestBackends backend, RoomOptions options, SocketOptions sockets) throws IOException {
    this(backend, options, sockets, null);
  }

  /// @param handler serves members; null: has them join, broadcast and leave
  RoomHall(
      TestBackends backend, RoomOptions options, SocketOptions sockets, WebSocketHandler handler)
      throws IOException {
    room = new Room<>(options, this);
    ServerOptions server =
        backend.optionsFor(1_100).grace(Duration.ofMillis(500)).sockets(sockets).build();
    this.server =
        Server.builder()
            .options(server)
            .listen(0, Http1.of(WebSockets.of(handler == null ? this::chat : handler)))
            .start();
  }

  /// Sockets with small buffers in the system, so that few bytes fill them.
  static SocketOptions narrow() {
    return SocketOptions.builder().sendBuffer(16 * 1024).build();
  }

  private void chat(WebSocket socket) throws IOException {
    try (RoomMember<Integer> _ = join(socket)) {
      for (Message message; (message = socket.receive()) != null; ) {
        room.broadcast(message);
      }
    }
  }

  RoomMember<Integer> join(WebSocket socket, PreparedMessage... greeting) {
    return room.join(socket, number(), greeting);
  }

  private synchronized int number() {
    return next++;
  }

  /// A client that has joined.
  RoomPeer enter() throws Exception {
    return entered(RoomPeer.connect(server));
  }

  /// A client that has joined and reads nothing by itself.
  RoomPeer enterNarrow() throws Exception {
    return entered(RoomPeer.connectNarrow(server));
  }

  List<RoomPeer> enter(int count) throws Exception {
    List<RoomPeer> entered = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entered.add(enter());
    }
    return entered;
  }

  private RoomPeer entered(RoomPeer peer) throws Exception {
    peers.add(peer);
    await(joined);
    return peer;
  }

  /// The next of a queue.
  static <E> E await(BlockingQueue<E> queue) throws InterruptedException {
    E next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing came");
    }
    return next;
  }

  @Override
  public void joined(RoomMember<Integer> member) {
    joined.add(member);
  }

  @Override
  public void left(RoomMember<Integer> member) {
    left.add(member);
  }

  @Override
  public void close() throws IOException {
    for (RoomPeer peer : peers) {
      peer.close();
    }
    server.close();
  }
}
