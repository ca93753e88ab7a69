package dev.heddle.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
  @TempDir private Path proc;

  @Test
  void countsAllProcessorsThoughThisProcessMayUseFewer() throws IOException {
    Files.writeString(proc.resolve("cpuinfo"), "processor\t: 0\nmodel name\t: Some\n".repeat(4096));
    Files.writeString(proc.resolve("meminfo"), "MemTotal:  2048 kB\n");
    Machine machine = Machine.read(proc);
    assertThat(machine.processors()).isEqualTo(4096);
    assertThat(machine.processor()).isEqualTo("Some");
    assertThat(machine.memory()).isEqualTo(2 << 20);
  }
}
