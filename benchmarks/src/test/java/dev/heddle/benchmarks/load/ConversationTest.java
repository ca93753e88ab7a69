package dev.heddle.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private static long answer(Conversation conversation, long now) {
    long intended = conversation.oldest();
    assertThat(conversation.answer(1, now)).isEqualTo(1);
    return intended;
  }

  @Test
  void messagesSentTogetherAreAnsweredTogether() {
    Conversation conversation = new Conversation(0, 4);
    conversation.begin(Timetable.closedLoop(100));
    conversation.issue(10);
    assertThat(conversation.answer(3, 20)).isEqualTo(3);
    conversation.issue(20);
    assertThat(conversation.oldest()).isEqualTo(10);
    assertThat(conversation.answer(4, 30)).isEqualTo(1);
    assertThat(conversation.answer(3, 30)).isEqualTo(3);
    assertThat(conversation.underWay()).isZero();
  }

  @Test
  void aClosedLoopKeepsThePipelineFullUntilTheEnd() {
    Conversation conversation = new Conversation(0, 3);
    conversation.begin(Timetable.closedLoop(100));
    assertThat(conversation.issue(10)).isEqualTo(3);
    assertThat(conversation.issue(11)).isZero();
    assertThat(answer(conversation, 20)).isEqualTo(10);
    assertThat(answer(conversation, 20)).isEqualTo(10);
    assertThat(conversation.issue(21)).isEqualTo(2);
    assertThat(answer(conversation, 30)).isEqualTo(10);
    assertThat(answer(conversation, 31)).isEqualTo(21);
    assertThat(conversation.issue(100)).isZero();
    assertThat(conversation.underWay()).isEqualTo(1);
  }

  @Test
  void oneMessageIsIssuedOnce() {
    Conversation conversation = new Conversation(0, 3);
    conversation.begin(Timetable.once(100));
    assertThat(conversation.issue(10)).isEqualTo(1);
    assertThat(answer(conversation, 20)).isEqualTo(10);
    assertThat(conversation.issue(21)).isZero();
  }

  @Test
  void anOpenLoopTakesTurnsAmongConnections() {
    Timetable timetable = Timetable.openLoop(1_000, 2_000, 100, 2);
    assertThat(timetable.intended(0, 0, 999)).isEqualTo(Timetable.NONE);
    assertThat(timetable.intended(0, 0, 1_000)).isEqualTo(1_000);
    assertThat(timetable.intended(1, 0, 2_000)).isEqualTo(1_100);
    assertThat(timetable.intended(0, 1, 2_000)).isEqualTo(1_200);
    assertThat(timetable.intended(1, 4, 2_000)).isEqualTo(1_900);
    assertThat(timetable.intended(0, 5, 3_000)).isEqualTo(Timetable.NONE);
  }

  @Test
  void aLateMessageKeepsItsIntendedTime() {
    Conversation conversation = new Conversation(0, 1);
    conversation.begin(Timetable.openLoop(0, 1_000, 100, 1));
    assertThat(conversation.issue(0)).isEqualTo(1);
    assertThat(conversation.issue(350)).isZero();
    assertThat(answer(conversation, 350)).isEqualTo(0);
    assertThat(conversation.issue(350)).isEqualTo(1);
    assertThat(answer(conversation, 360)).isEqualTo(100);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 8, 9})
  void everyMessageKeepsItsIntendedTimeInAPipelineOfAnyDepth(int pipeline) {
    Conversation conversation = new Conversation(0, pipeline);
    conversation.begin(Timetable.openLoop(0, SECOND, 10, 1));
    long answered = 0;
    for (int step = 0; step < 500; step++) {
      long now = 25L * step;
      conversation.issue(now);
      for (int left = step % (pipeline + 1); left > 0 && conversation.underWay() > 0; left--) {
        assertThat(answer(conversation, now)).isEqualTo(10 * answered);
        answered++;
      }
    }
    assertThat(answered).isGreaterThan(200);
  }

  @Test
  void whatFindsNoRoomUntilTheEndIsToldWithItsWait() {
    Conversation conversation = new Conversation(0, 1);
    conversation.begin(Timetable.openLoop(0, 400, 100, 1));
    conversation.issue(0);
    List<Long> waits = new ArrayList<>();
    conversation.stop(400, waits::add);
    assertThat(waits).containsExactly(300L, 200L, 100L);
    assertThat(answer(conversation, 450)).isEqualTo(0);
    assertThat(conversation.issue(450)).isZero();
  }

  @Test
  void aSecondWithoutAnyReplyIsStarvation() {
    Conversation conversation = new Conversation(0, 2);
    conversation.begin(Timetable.closedLoop(Long.MAX_VALUE / 2));
    conversation.issue(0);
    answer(conversation, SECOND);
    assertThat(conversation.starved()).isFalse();
    answer(conversation, 2 * SECOND + 1);
    assertThat(conversation.starved()).isTrue();
  }

  @Test
  void timeWithoutMessagesIsNoStarvation() {
    Conversation conversation = new Conversation(0, 1);
    conversation.begin(Timetable.closedLoop(Long.MAX_VALUE / 2));
    conversation.issue(0);
    answer(conversation, 1);
    assertThat(conversation.waited(5 * SECOND)).isZero();
    conversation.issue(5 * SECOND);
    answer(conversation, 5 * SECOND + 1);
    assertThat(conversation.starved()).isFalse();
  }

  @Test
  void abandoningAfterALongWaitIsStarvation() {
    Conversation conversation = new Conversation(0, 4);
    conversation.begin(Timetable.closedLoop(Long.MAX_VALUE / 2));
    conversation.issue(0);
    assertThat(conversation.abandon(2 * SECOND)).isEqualTo(4);
    assertThat(conversation.underWay()).isZero();
    assertThat(conversation.starved()).isTrue();
  }
}
