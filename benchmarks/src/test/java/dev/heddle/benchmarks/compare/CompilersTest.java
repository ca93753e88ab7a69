package dev.heddle.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompilersTest {
  @TempDir Path process;

  private void thread(int id, String name, int user, int system) throws IOException {
    Files.writeString(
        Files.createDirectories(process.resolve("task/" + id)).resolve("stat"),
        "%d (%s) S 1 42 42 0 -1 4194560 100 0 0 0 %d %d 0 0 20 0 9 0 12345 1 2 3\n"
            .formatted(id, name, user, system));
  }

  @Test
  void addsUpTheTimeOfTheirThreads() throws IOException {
    thread(1, "java", 1000, 1000);
    thread(2, "C1 CompilerThre", 30, 4);
    thread(3, "C2 CompilerThre", 500, 7);
    Files.createDirectories(process.resolve("task/4")); // ended since it was listed
    assertThat(new Compilers(process).ticks()).isEqualTo(541);
  }

  @Test
  void restBelowATwentiethOfAProcessor() {
    assertThat(Compilers.rested(4, Duration.ofSeconds(1))).isTrue();
    assertThat(Compilers.rested(5, Duration.ofSeconds(1))).isFalse();
    assertThat(Compilers.rested(1, Duration.ofMillis(250))).isTrue();
    assertThat(Compilers.rested(2, Duration.ofMillis(250))).isFalse();
  }
}
