package dev.heddle.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageTest {
  @TempDir private Path process;

  private void thread(int id, int voluntary, int involuntary) throws IOException {
    Path status = Files.createDirectories(process.resolve("task/" + id)).resolve("status");
    Files.writeString(
        status,
        """
        Name:	a
        voluntary_ctxt_switches:	%d
        nonvoluntary_ctxt_switches:	%d
        """
            .formatted(voluntary, involuntary));
  }

  @Test
  void readsTicksBehindAnyNameAndSumsTheSwitchesOfAllThreads() throws IOException {
    Files.writeString(
        process.resolve("stat"),
        "42 (a) b (c) S 1 42 42 0 -1 4194560 100 0 0 0 250 750 0 0 20 0 9 0 12345 1 2 3\n");
    thread(42, 5, 1);
    thread(43, 30, 4);
    Files.createDirectories(process.resolve("task/44")); // ended since it was listed
    Usage usage = Usage.of(process, () -> 10_000);
    assertThat(usage).isEqualTo(new Usage(10_000, 250, 750, 40));
    assertThat(usage.userShare()).isEqualTo(0.25);
  }

  @Test
  void isTheDifferenceOfTwo() {
    Usage later = new Usage(50, 6, 7, 3);
    assertThat(later.since(new Usage(20, 1, 2, 9))).isEqualTo(new Usage(30, 5, 5, 0));
    assertThat(new Usage(0, 0, 0, 0).userShare()).isZero();
  }
}
