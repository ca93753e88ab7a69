package dev.heddle.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.OverBackends;
import dev.heddle.SocketOptions;
import dev.heddle.TestBackends;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;

/// A mailbox whose courier comes only when the test has it come, over real sockets.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MailboxTest {
  private static final Set<String> WRITE_WITHOUT_WAITING =
      Set.of("SELECTOR_LOOP", "SELECTOR_SCHEDULER", "VIRTUAL_POLLER");

  /// Several of them fill a narrow peer's buffers, and the last of them not to its end.
  private static final String LONG = "x".repeat(16_000);

  private final Queue<Runnable> couriers = new ArrayDeque<>();
  private final BlockingQueue<WebSocket> sockets = new LinkedBlockingQueue<>();
  private final CountDownLatch end = new CountDownLatch(1);

  private RoomHall serve(TestBackends backend, SocketOptions options) throws IOException {
    return new RoomHall(
        backend,
        RoomOptions.DEFAULT,
        options,
        socket -> {
          sockets.add(socket);
          try {
            assertThat(socket.receive()).isNull();
          } finally {
            end.countDown();
          }
        });
  }

  private Mailbox mailbox() throws InterruptedException {
    WebSocket socket = RoomHall.await(sockets);
    return new Mailbox(socket, RoomOptions.DEFAULT, couriers::add, () -> {});
  }

  private static boolean put(Mailbox mailbox, String text) {
    return mailbox.put(PreparedMessage.of(text), true);
  }

  private void letCouriersWork() {
    for (Runnable next; (next = couriers.poll()) != null; ) {
      next.run();
    }
  }

  @OverBackends
  void whatTheNetworkTakesAtOnceNeedsNoCourier(TestBackends backend) throws Exception {
    try (RoomHall hall = serve(backend, SocketOptions.DEFAULT);
        RoomPeer peer = RoomPeer.connect(hall.server)) {
      Mailbox mailbox = mailbox();

      assertThat(put(mailbox, "one")).isTrue();
      assertThat(couriers.isEmpty()).isEqualTo(WRITE_WITHOUT_WAITING.contains(backend.name()));
      letCouriersWork();
      assertThat(peer.hear()).isEqualTo("one");

      assertThat(mailbox.put(PreparedMessage.of("two"), false)).isTrue();
      assertThat(couriers).hasSize(1);
      assertThat(put(mailbox, "three")).as("behind another").isTrue();
      letCouriersWork();
      assertThat(peer.hear()).isEqualTo("two");
      assertThat(peer.hear()).isEqualTo("three");
    }
  }

  @OverBackends
  void whatTheNetworkTakesInPartIsSentWhole(TestBackends backend) throws Exception {
    try (RoomHall hall = serve(backend, RoomHall.narrow());
        RoomPeer peer = RoomPeer.connectNarrow(hall.server)) {
      Mailbox mailbox = mailbox();
      List<String> expected = new ArrayList<>();
      do {
        expected.add(expected.size() + LONG);
        assertThat(put(mailbox, expected.getLast())).isTrue();
      } while (couriers.isEmpty());
      expected.add("behind it");
      assertThat(put(mailbox, "behind it")).isTrue();
      assertThat(couriers).hasSize(1);

      Thread courier = Thread.ofVirtual().start(this::letCouriersWork);
      for (String message : expected) {
        assertThat(peer.hear()).isEqualTo(message);
      }
      courier.join();
    }
  }

  /// They leave by courier, who sends those that have come by then in one go.
  @OverBackends
  void broadcastsThatFollowEachOtherSoonLeaveTogether(TestBackends backend) throws Exception {
    boolean canBeAtOnce = WRITE_WITHOUT_WAITING.contains(backend.name());
    AtomicLong nanos = new AtomicLong();
    Room<String> room =
        new Room<>(RoomOptions.DEFAULT, new RoomListener<>() {}, couriers::add, nanos::get);
    try (RoomHall hall = serve(backend, SocketOptions.DEFAULT);
        RoomPeer peer = RoomPeer.connect(hall.server)) {
      RoomMember<String> member = room.join(RoomHall.await(sockets), "somebody");
      room.broadcast("one");
      assertThat(couriers.isEmpty()).isEqualTo(canBeAtOnce);
      letCouriersWork();

      nanos.addAndGet(99_999);
      room.broadcast("two");
      room.broadcast("three");
      assertThat(couriers).as("those with something to take").hasSize(1);
      letCouriersWork();

      nanos.addAndGet(100_000);
      room.broadcast("four");
      assertThat(couriers.isEmpty()).isEqualTo(canBeAtOnce);
      letCouriersWork();
      for (String text : List.of("one", "two", "three", "four")) {
        assertThat(peer.hear()).isEqualTo(text);
      }
      member.close();
    }
  }

  /// The courier sees to it that somebody reads.
  @OverBackends
  void whoHasNotReceivedForLongIsSentByCourier(TestBackends backend) throws Exception {
    boolean canBeAtOnce = WRITE_WITHOUT_WAITING.contains(backend.name());
    CountDownLatch idle = new CountDownLatch(1);
    AtomicInteger number = new AtomicInteger();
    WebSocketHandler handler =
        socket -> {
          sockets.add(socket);
          if (number.getAndIncrement() > 0) {
            idle.await();
          }
          assertThat(socket.receive()).isNull();
        };
    try (RoomHall hall =
            new RoomHall(backend, RoomOptions.DEFAULT, SocketOptions.DEFAULT, handler);
        RoomPeer _ = RoomPeer.connect(hall.server)) {
      Mailbox receiving = mailbox();
      try (RoomPeer _ = RoomPeer.connect(hall.server)) {
        Mailbox notReceiving = mailbox();
        while (notReceiving.canSendAtOnce()) {
          Thread.onSpinWait();
        }
        assertThat(receiving.canSendAtOnce()).isEqualTo(canBeAtOnce);
      } finally {
        idle.countDown();
      }
    }
  }

  @OverBackends
  void whoIsGoneIsFoundByTheCourier(TestBackends backend) throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    try (RoomHall hall = serve(backend, SocketOptions.DEFAULT);
        RoomPeer peer = RoomPeer.connect(hall.server)) {
      Mailbox mailbox =
          new Mailbox(RoomHall.await(sockets), RoomOptions.DEFAULT, couriers::add, gone::countDown);
      peer.vanish();
      end.await();
      assertThat(put(mailbox, "too late")).isTrue();
      assertThat(gone.getCount()).isEqualTo(1);
      letCouriersWork();
      assertThat(gone.getCount()).isZero();
    }
  }
}
