package dev.heddle.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A time that can stand still.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TimekeeperTest {
  private static FutureTask<Boolean> keep(Timekeeper time) {
    FutureTask<Boolean> task =
        new FutureTask<>(
            () -> {
              time.keep();
              return true;
            });
    Thread.ofPlatform().daemon().start(task);
    return task;
  }

  @Test
  void withoutAFileItPasses() throws Exception {
    Timekeeper time = new Timekeeper(Duration.ofMillis(1), null);
    assertThat(time.awaitTurn()).isTrue();
    keep(time).get();
    assertThat(time.awaitTurn()).isFalse();
  }

  @Test
  void whileTheFileIsThereItStandsAndNobodyHasATurn(@TempDir Path folder) throws Exception {
    Path file = Files.createFile(folder.resolve("pause"));
    Timekeeper time = new Timekeeper(Duration.ofMillis(1), file);
    FutureTask<Boolean> kept = keep(time);
    FutureTask<Boolean> turn = new FutureTask<>(time::awaitTurn);
    Thread peer = Thread.ofPlatform().daemon().start(turn);
    while (peer.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(kept.isDone()).isFalse();
    Files.delete(file);
    assertThat(kept.get()).isTrue();
    turn.get();
  }
}
