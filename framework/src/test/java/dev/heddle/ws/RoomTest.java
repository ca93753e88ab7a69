package dev.heddle.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.heddle.OverBackends;
import dev.heddle.SocketOptions;
import dev.heddle.TestBackends;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Rooms over real sockets, on every backend.
class RoomTest {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  private static List<String> hear(RoomPeer peer, int count) throws IOException {
    List<String> heard = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      heard.add(peer.hear());
    }
    return heard;
  }

  private <T> List<T> onEach(List<RoomPeer> peers, PeerTask<T> task) throws Exception {
    List<Callable<T>> tasks = new ArrayList<>();
    for (int i = 0; i < peers.size(); i++) {
      int number = i;
      tasks.add(() -> task.run(number, peers.get(number)));
    }
    List<T> results = new ArrayList<>();
    for (Future<T> result : threads.invokeAll(tasks)) {
      results.add(result.get());
    }
    return results;
  }

  @FunctionalInterface
  private interface PeerTask<T> {
    T run(int number, RoomPeer peer) throws Exception;
  }

  @OverBackends
  void allHearTheSameInTheOrderOfEachSender(TestBackends backend) throws Exception {
    int senders = 8;
    int each = 200;
    try (RoomHall hall = new RoomHall(backend)) {
      List<RoomPeer> peers = hall.enter(senders);
      Future<?> saying =
          threads.submit(
              () ->
                  onEach(
                      peers,
                      (number, peer) -> {
                        for (int i = 0; i < each; i++) {
                          peer.say(number + ":" + i);
                        }
                        return number;
                      }));
      List<List<String>> heard = onEach(peers, (_, peer) -> hear(peer, senders * each));
      saying.get();
      assertThat(heard).allMatch(heard.getFirst()::equals);
      for (int sender = 0; sender < senders; sender++) {
        String prefix = sender + ":";
        List<String> of = heard.getFirst().stream().filter(s -> s.startsWith(prefix)).toList();
        assertThat(of).hasSize(each);
        for (int i = 0; i < each; i++) {
          assertThat(of.get(i)).isEqualTo(prefix + i);
        }
      }
    }
  }

  @OverBackends
  void aFloodThatPeersKeepUpWithLosesNothingHoweverSmallTheMailboxes(TestBackends backend)
      throws Exception {
    int count = 5_000;
    RoomOptions options = RoomOptions.DEFAULT.withMailbox(2);
    try (RoomHall hall = new RoomHall(backend, options, SocketOptions.DEFAULT)) {
      List<RoomPeer> peers = hall.enter(5);
      Future<?> saying =
          threads.submit(
              () -> {
                for (int i = 0; i < count; i++) {
                  hall.room.broadcast(Integer.toString(i));
                }
              });
      List<List<String>> heard = onEach(peers, (_, peer) -> hear(peer, count));
      saying.get();
      for (int i = 0; i < count; i++) {
        assertThat(heard.getFirst().get(i)).isEqualTo(Integer.toString(i));
      }
      assertThat(heard).allMatch(heard.getFirst()::equals);
      assertThat(hall.room.members()).allMatch(member -> member.dropped() == 0);
    }
  }

  @OverBackends
  void messagesOfTheHandlerAreWholeAmongThoseOfTheRoom(TestBackends backend) throws Exception {
    int count = 300;
    String own = "o".repeat(3_000);
    String common = "c".repeat(3_000);
    WebSocketHandler handler =
        socket -> {
          for (Message message; (message = socket.receive()) != null; ) {
            socket.send(own);
          }
        };
    AtomicInteger who = new AtomicInteger();
    Room<Integer> room = new Room<>(RoomOptions.DEFAULT.withMailbox(count));
    WebSocketHandler joining =
        socket -> {
          try (RoomMember<Integer> _ =
              room.join(socket, who.get(), PreparedMessage.of("welcome"))) {
            handler.handle(socket);
          }
        };
    try (RoomHall hall =
        new RoomHall(backend, RoomOptions.DEFAULT, SocketOptions.DEFAULT, joining)) {
      try (RoomPeer peer = RoomPeer.connect(hall.server)) {
        assertThat(peer.hear()).isEqualTo("welcome");
        Future<?> saying =
            threads.submit(
                () -> {
                  for (int i = 0; i < count; i++) {
                    room.broadcast(common);
                    peer.say("more");
                  }
                  return count;
                });
        List<String> heard = hear(peer, 2 * count);
        saying.get();
        assertThat(heard).containsOnly(own, common);
        assertThat(heard.stream().filter(own::equals)).hasSize(count);
      }
    }
  }

  @OverBackends
  void aThousandMembersHearEverything(TestBackends backend) throws Exception {
    int members = 1_000;
    int count = 5;
    try (RoomHall hall = new RoomHall(backend)) {
      List<RoomPeer> peers = hall.enter(members);
      assertThat(hall.room.size()).isEqualTo(members);
      for (int i = 0; i < count; i++) {
        hall.room.broadcast("message " + i);
      }
      for (RoomPeer peer : peers) {
        assertThat(hear(peer, count))
            .containsExactly("message 0", "message 1", "message 2", "message 3", "message 4");
      }
    }
  }

  @OverBackends
  void whoLeavesHearsWhatWasSaidBeforeAndNothingAfter(TestBackends backend) throws Exception {
    CountDownLatch joined = new CountDownLatch(1);
    Room<String> room = new Room<>();
    WebSocketHandler handler =
        socket -> {
          RoomMember<String> member = room.join(socket, "who");
          joined.countDown();
          socket.receive();
          room.broadcast("before");
          member.close();
          room.broadcast("after");
          socket.receive();
          socket.send("the socket is open");
        };
    try (RoomHall hall =
            new RoomHall(backend, RoomOptions.DEFAULT, SocketOptions.DEFAULT, handler);
        RoomPeer peer = RoomPeer.connect(hall.server)) {
      joined.await();
      peer.say("leave");
      assertThat(peer.hear()).isEqualTo("before");
      peer.say("go on");
      assertThat(peer.hear()).isEqualTo("the socket is open");
      assertThat(room.size()).isZero();
    }
  }

  @OverBackends
  void someMayBeLeftOut(TestBackends backend) throws Exception {
    try (RoomHall hall = new RoomHall(backend)) {
      List<RoomPeer> peers = hall.enter(3);
      RoomMember<Integer> second = hall.room.members().get(1);
      hall.room.broadcast(PreparedMessage.of("others"), member -> !member.equals(second));
      second.send(PreparedMessage.of("alone"));
      assertThat(peers.get(0).hear()).isEqualTo("others");
      assertThat(peers.get(1).hear()).isEqualTo("alone");
      assertThat(peers.get(2).hear()).isEqualTo("others");
    }
  }

  @Test
  void aMailboxForNothingIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RoomOptions.DEFAULT.withMailbox(0))
        .withMessage("mailbox is 0: expected at least 1");
  }
}
