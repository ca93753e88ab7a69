package dev.heddle.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class JvmMemoryTest {

  @Test
  void addsUpWhatTheCompilersHold() throws IOException {
    String summary =
        """
        Total: reserved=2457716KB, committed=69868KB
        -                 Java Heap (reserved=1048576KB, committed=24576KB)
                                    (mmap: reserved=1048576KB, committed=24576KB, peak=30000KB)
        -                  Compiler (reserved=297KB, committed=296KB)
                                    (malloc=133KB #412)
        -               Arena Chunk (reserved=2256KB, committed=2255KB)
        -           Synchronization (reserved=304KB, committed=304KB)
        """;
    assertThat(JvmMemory.ofCompilers(summary)).isEqualTo((296 + 2255) * 1024);
    assertThatThrownBy(() -> JvmMemory.ofCompilers("Native memory tracking is not enabled"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("compilers");
  }

  @Test
  void readsResidentMemoryOfThisProcess() throws IOException {
    Path self = Path.of("/proc", Long.toString(ProcessHandle.current().pid()));
    assertThat(JvmMemory.resident(self)).isGreaterThan(10 << 20);
  }
}
