package dev.heddle.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.OverBackends;
import dev.heddle.TestBackends;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// What a member that does not read costs itself, and that it costs the others nothing, on every
/// backend.
class RoomSlowMemberTest {
  /// More than fits the buffers of the system and a mailbox.
  private static final int COUNT = 400;

  private static final String PADDING = " " + "x".repeat(8_000);

  /// A room with a member that has read nothing, and one that has heard everything meanwhile.
  private static RoomPeer neglect(RoomHall hall) throws Exception {
    RoomPeer slow = hall.enterNarrow();
    RoomPeer quick = hall.enter();
    for (int i = 0; i < COUNT; i++) {
      hall.room.broadcast(i + PADDING);
      assertThat(number(quick.hear())).isEqualTo(i);
    }
    return slow;
  }

  private static RoomHall hall(TestBackends backend, MailboxPolicy policy) throws IOException {
    RoomOptions options = RoomOptions.DEFAULT.withMailbox(10).withPolicy(policy);
    return new RoomHall(backend, options, RoomHall.narrow());
  }

  private static int number(String message) {
    assertThat(message).endsWith(PADDING);
    return Integer.parseInt(message.substring(0, message.length() - PADDING.length()));
  }

  private static List<Integer> hearUpTo(RoomPeer peer, int last) throws IOException {
    List<Integer> heard = new ArrayList<>();
    do {
      heard.add(number(peer.hear()));
    } while (heard.getLast() < last);
    return heard;
  }

  private static List<Integer> numbers(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  @OverBackends
  void theOldestMessagesAreDropped(TestBackends backend) throws Exception {
    try (RoomHall hall = hall(backend, MailboxPolicy.DROP_OLDEST)) {
      RoomPeer slow = neglect(hall);
      List<Integer> heard = hearUpTo(slow, COUNT - 1);
      assertThat(heard.getFirst()).isZero();
      assertThat(heard).isSorted().doesNotHaveDuplicates().hasSizeLessThan(COUNT);
      assertThat(heard).endsWith(numbers(COUNT - 10, COUNT).toArray(Integer[]::new));
      long dropped = hall.room.members().getFirst().dropped();
      assertThat(dropped).isEqualTo(COUNT - heard.size());
    }
  }

  @OverBackends
  void theNewestMessagesAreDropped(TestBackends backend) throws Exception {
    try (RoomHall hall = hall(backend, MailboxPolicy.DROP_NEWEST)) {
      RoomPeer slow = neglect(hall);
      int kept = COUNT - (int) hall.room.members().getFirst().dropped();
      assertThat(kept).isLessThan(COUNT);
      assertThat(hearUpTo(slow, kept - 1)).isEqualTo(numbers(0, kept));
      hall.room.broadcast(COUNT + PADDING);
      assertThat(number(slow.hear())).isEqualTo(COUNT);
    }
  }

  @OverBackends
  void theSocketIsClosed(TestBackends backend) throws Exception {
    try (RoomHall hall = hall(backend, MailboxPolicy.CLOSE)) {
      RoomPeer slow = neglect(hall);
      assertThat(RoomHall.await(hall.left).who()).isZero();
      assertThat(hall.room.members()).extracting(RoomMember::who).containsExactly(1);
      List<Integer> heard = new ArrayList<>();
      for (String message; (message = slow.hear()) != null; ) {
        heard.add(number(message));
      }
      assertThat(slow.closeCode()).isEqualTo(1013);
      assertThat(heard).isEqualTo(numbers(0, heard.size()));
    }
  }

  @OverBackends
  void manySlowMembersDelayNobody(TestBackends backend) throws Exception {
    try (RoomHall hall = hall(backend, MailboxPolicy.DROP_OLDEST)) {
      for (int i = 0; i < 50; i++) {
        hall.enterNarrow();
      }
      neglect(hall);
      assertThat(hall.room.size()).isEqualTo(52);
    }
  }
}
