package dev.heddle.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.OverBackends;
import dev.heddle.Server;
import dev.heddle.SocketOptions;
import dev.heddle.TestBackends;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;

/// Who comes, who goes and who is just gone, on every backend.
class RoomPresenceTest {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @OverBackends
  void whoVanishesInTheMiddleOfABroadcastLeavesAndTheOthersHearAll(TestBackends backend)
      throws Exception {
    int count = 200;
    try (RoomHall hall = new RoomHall(backend)) {
      List<RoomPeer> vanishing = hall.enter(10);
      List<RoomPeer> staying = hall.enter(10);
      for (int i = 0; i < count; i++) {
        hall.room.broadcast(Integer.toString(i));
        if (i % 20 == 10) {
          vanishing.get(i / 20).vanish();
        }
      }
      for (RoomPeer peer : staying) {
        for (int i = 0; i < count; i++) {
          assertThat(peer.hear()).isEqualTo(Integer.toString(i));
        }
      }
      List<Integer> left = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        left.add(RoomHall.await(hall.left).who());
      }
      assertThat(left).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 10).boxed().toList());
      assertThat(hall.room.size()).isEqualTo(10);
    }
  }

  @OverBackends
  void whoIsGoneIsFoundOutByWhatItIsSent(TestBackends backend) throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    LinkedBlockingQueue<String> left = new LinkedBlockingQueue<>();
    RoomListener<String> listener =
        new RoomListener<>() {
          @Override
          public void left(RoomMember<String> member) {
            left.add(member.who());
          }
        };
    Room<String> room = new Room<>(RoomOptions.DEFAULT, listener);
    WebSocketHandler inattentive =
        socket -> {
          room.join(socket, "who", PreparedMessage.of("welcome"));
          done.await();
        };
    try (RoomHall hall =
            new RoomHall(backend, RoomOptions.DEFAULT, SocketOptions.DEFAULT, inattentive);
        RoomPeer peer = RoomPeer.connect(hall.server)) {
      assertThat(peer.hear()).isEqualTo("welcome");
      peer.vanish();
      while (left.isEmpty()) {
        room.broadcast("are you there?");
      }
      assertThat(left.poll()).isEqualTo("who");
      assertThat(room.size()).isZero();
      done.countDown();
    }
  }

  @OverBackends
  void whoComesHearsTheGreetingAndThenEverything(TestBackends backend) throws Exception {
    int visitors = 100;
    Map<Integer, String> told = new HashMap<>();
    List<String> wrong = new ArrayList<>();
    CountDownLatch gone = new CountDownLatch(visitors);
    RoomListener<Integer> listener =
        new RoomListener<>() {
          @Override
          public void joined(RoomMember<Integer> member) {
            if (told.put(member.who(), "joined") != null) {
              wrong.add(member.who() + " joined twice");
            }
          }

          @Override
          public void left(RoomMember<Integer> member) {
            if (!"joined".equals(told.put(member.who(), "left"))) {
              wrong.add(member.who() + " left and was not there");
            }
            gone.countDown();
          }
        };
    Room<Integer> room = new Room<>(RoomOptions.DEFAULT, listener);
    LinkedBlockingQueue<Integer> numbers =
        new LinkedBlockingQueue<>(IntStream.range(0, visitors).boxed().toList());
    WebSocketHandler handler =
        socket -> {
          try (RoomMember<Integer> _ =
              room.join(socket, numbers.remove(), PreparedMessage.of("welcome"))) {
            socket.receive();
          }
        };
    AtomicBoolean over = new AtomicBoolean();
    try (RoomHall hall =
        new RoomHall(backend, RoomOptions.DEFAULT, SocketOptions.DEFAULT, handler)) {
      Future<?> saying =
          threads.submit(
              () -> {
                for (int i = 0; !over.get(); i++) {
                  room.broadcast(Integer.toString(i));
                  Thread.sleep(0, 100_000); // not as fast as it goes, to have joins in between
                }
                return over;
              });
      List<Future<?>> visits = new ArrayList<>();
      for (int i = 0; i < visitors; i++) {
        boolean politely = i % 2 == 0;
        visits.add(threads.submit(() -> visit(hall.server, politely)));
      }
      for (Future<?> visit : visits) {
        visit.get();
      }
      gone.await();
      over.set(true);
      saying.get();
      assertThat(wrong).isEmpty();
      assertThat(told).hasSize(visitors).containsValue("left").doesNotContainValue("joined");
      assertThat(room.size()).isZero();
    }
  }

  private static Void visit(Server server, boolean politely) throws Exception {
    try (RoomPeer peer = RoomPeer.connect(server)) {
      assertThat(peer.hear()).isEqualTo("welcome");
      int first = Integer.parseInt(peer.hear());
      for (int i = 1; i < 20; i++) {
        assertThat(peer.hear()).isEqualTo(Integer.toString(first + i));
      }
      if (politely) {
        peer.say("bye");
      } else {
        peer.vanish();
      }
      return null;
    }
  }

  @OverBackends
  void aListenerMayBroadcastAndMayFail(TestBackends backend) throws Exception {
    List<Room<String>> rooms = new ArrayList<>();
    RoomListener<String> listener =
        new RoomListener<>() {
          @Override
          public void joined(RoomMember<String> member) {
            rooms.getFirst().broadcast("joined");
            throw new IllegalStateException("a listener's own fault");
          }

          @Override
          public void left(RoomMember<String> member) {
            rooms.getFirst().broadcast("left");
          }
        };
    Room<String> room = new Room<>(RoomOptions.DEFAULT, listener);
    rooms.add(room);
    WebSocketHandler handler =
        socket -> {
          try (RoomMember<String> _ = room.join(socket, "who")) {
            socket.receive();
          }
        };
    try (RoomHall hall =
            new RoomHall(backend, RoomOptions.DEFAULT, SocketOptions.DEFAULT, handler);
        RoomPeer first = RoomPeer.connect(hall.server)) {
      assertThat(first.hear()).isEqualTo("joined");
      try (RoomPeer second = RoomPeer.connect(hall.server)) {
        assertThat(first.hear()).isEqualTo("joined");
        assertThat(second.hear()).isEqualTo("joined");
        second.say("bye");
        assertThat(first.hear()).isEqualTo("left");
      }
    }
  }
}
