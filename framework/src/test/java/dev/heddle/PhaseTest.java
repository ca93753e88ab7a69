package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class PhaseTest {
  private final Phase phase = new Phase();

  @Test
  void itBeginsWorkingForEver() {
    assertThat(phase.current()).isEqualTo(Phase.WORKING);
    assertThat(phase.expire(Phase.NEVER - 1)).isFalse();
  }

  @Test
  void theOwnerMovesToAndFro() {
    assertThat(phase.move(Phase.AWAITING, 10)).isTrue();
    assertThat(phase.current()).isEqualTo(Phase.AWAITING);
    assertThat(phase.move(Phase.WORKING, 20)).isTrue();
    assertThat(phase.current()).isEqualTo(Phase.WORKING);
  }

  @Test
  void itExpiresAtItsDeadlineAndNotBeforeAndOnce() {
    for (int each : new int[] {Phase.AWAITING, Phase.WORKING}) {
      Phase fresh = new Phase();
      fresh.move(each, 1000);
      assertThat(fresh.expire(999)).isFalse();
      assertThat(fresh.expire(1000)).isTrue();
      assertThat(fresh.expire(1001)).isFalse();
      assertThat(fresh.current()).isEqualTo(Phase.EXPIRED);
    }
  }

  @Test
  void aMoveBringsItsOwnDeadline() {
    phase.move(Phase.AWAITING, 10);
    phase.move(Phase.WORKING, 100);
    assertThat(phase.expire(50)).isFalse();
    phase.move(Phase.AWAITING, Phase.NEVER);
    assertThat(phase.expire(Long.MAX_VALUE >> 3)).isFalse();
  }

  @Test
  void whatHasExpiredDoesNotMoveOrEnd() {
    phase.move(Phase.AWAITING, 1);
    assertThat(phase.expire(1)).isTrue();
    assertThat(phase.move(Phase.WORKING, 10)).isFalse();
    assertThat(phase.end()).isFalse();
    assertThat(phase.current()).isEqualTo(Phase.EXPIRED);
  }

  @Test
  void onlyWhoAwaitsIsEndedAndOnce() {
    assertThat(phase.end()).isFalse();
    phase.move(Phase.AWAITING, 10);
    assertThat(phase.end()).isTrue();
    assertThat(phase.end()).isFalse();
    assertThat(phase.current()).isEqualTo(Phase.ENDING);
    assertThat(phase.expire(Long.MAX_VALUE >> 3)).isFalse();
    assertThat(phase.move(Phase.AWAITING, 10)).isFalse();
  }

  @Test
  void ownerSweeperAndDrainNeverBothHaveTheirWay() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    CyclicBarrier barrier = new CyclicBarrier(3);
    try (var threads = Executors.newFixedThreadPool(2)) {
      for (int round = 0; round < 3000; round++) {
        Phase raced = new Phase();
        raced.move(Phase.AWAITING, 5);
        int delay = random.nextInt(50);
        var ended = threads.submit(() -> at(barrier, delay) && raced.end());
        var expired = threads.submit(() -> at(barrier, 25) && raced.expire(5));
        boolean moved = at(barrier, 10) && raced.move(Phase.AWAITING, 100);
        boolean wasEnded = ended.get();
        boolean wasExpired = expired.get();
        assertThat(wasEnded && wasExpired).as("seed %d, round %d", seed, round).isFalse();
        assertThat(raced.current())
            .as("seed %d, round %d, moved %s", seed, round, moved)
            .isEqualTo(wasEnded ? Phase.ENDING : wasExpired ? Phase.EXPIRED : Phase.AWAITING);
        assertThat(moved || wasEnded || wasExpired).isTrue();
      }
    }
  }

  private static boolean at(CyclicBarrier barrier, int spins) throws Exception {
    barrier.await();
    for (int i = 0; i < spins; i++) {
      Thread.onSpinWait();
    }
    return true;
  }
}
