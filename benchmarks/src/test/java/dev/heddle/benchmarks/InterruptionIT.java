package dev.heddle.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ctrl-C in the middle: a line says so, and nothing is left behind.
class InterruptionIT {
  private static final int INTERRUPTED = 130;

  @TempDir private Path folder;

  private Program compare(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("compare", "--pin=none"));
    all.add("--out=" + folder.resolve("report"));
    all.addAll(List.of(arguments));
    return Program.start(folder, all.toArray(String[]::new));
  }

  private static void awaitChild(Program program) {
    while (program.children().isEmpty()) {
      Thread.onSpinWait();
    }
  }

  private static void interruptAndLookForRemains(Program program) throws Exception {
    List<ProcessHandle> servers = program.children();
    assertThat(servers).isNotEmpty();
    program.interrupt();
    assertThat(program.exitStatus()).as(program::toString).isEqualTo(INTERRUPTED);
    assertThat(servers).noneMatch(ProcessHandle::isAlive);
    assertThat(program.temporaryFiles()).isEmpty();
  }

  @Test
  void endsTheServersWhileTheyAreMeasured() throws Exception {
    try (Program program =
        compare("--quick", "--protocol=echo", "--backends=virtual", "--baselines=netty", "-d=1m")) {
      program.awaitError(text -> text.contains("echo virtual, round 1"));
      interruptAndLookForRemains(program);
      assertThat(program.err()).endsWith("\ncompare: interrupted\n");
      assertThat(program.out()).isEmpty();
      assertThat(folder.resolve("report/index.html")).doesNotExist();
    }
  }

  @Test
  void tellsWhatWasMeasuredSoFar() throws Exception {
    try (Program program =
        compare(
            "--quick",
            "--protocol=echo",
            "--backends=virtual,platform",
            "--baselines=none",
            "--duration=50ms",
            "--rounds=1k")) {
      program.awaitError(text -> text.contains("echo virtual, round 3"));
      interruptAndLookForRemains(program);
      assertThat(program.err()).endsWith("\ncompare: interrupted; what was measured so far:\n");
      assertThat(program.out()).contains("Saturated", "virtual", "platform");
    }
  }

  @Test
  void endsTheServersWhileTheyStart() throws Exception {
    try (Program program =
        compare("--quick", "--protocol=http", "--backends=virtual", "--baselines=jdk")) {
      program.awaitError(text -> text.contains("http virtual, warming up"));
      awaitChild(program);
      interruptAndLookForRemains(program);
      assertThat(program.err()).endsWith("\ncompare: interrupted\n");
    }
  }

  @Test
  void tellsNothingTwice() throws Exception {
    try (Program program =
        compare(
            "--quick",
            "--protocol=echo,ws",
            "--backends=virtual",
            "--baselines=none",
            "--duration=50ms",
            "--rounds=1")) {
      program.awaitError(text -> text.contains("ws virtual, warming up"));
      awaitChild(program);
      interruptAndLookForRemains(program);
      assertThat(program.err()).endsWith("\ncompare: interrupted\n");
      assertThat(program.out()).containsOnlyOnce("Saturated");
    }
  }

  @Test
  void endsTheServerThatIsLookedAtForItsMemory() throws Exception {
    try (Program program =
        compare(
            "--quick",
            "--protocol=echo",
            "--backends=virtual",
            "--baselines=none",
            "--duration=50ms",
            "--rounds=1",
            "--idle-connections=100")) {
      program.awaitError(text -> text.contains("echo virtual, idle connections"));
      while (program.children().stream().noneMatch(InterruptionIT::looksAtMemory)) {
        Thread.onSpinWait();
      }
      interruptAndLookForRemains(program);
      assertThat(program.err()).endsWith("\ncompare: interrupted; what was measured so far:\n");
      assertThat(program.out())
          .contains("Saturated")
          .doesNotContain("no memory figure", "ended with status");
    }
  }

  private static boolean looksAtMemory(ProcessHandle child) {
    return child.info().command().orElse("").endsWith("jcmd");
  }

  @Test
  void tellsOfTheHistoryWhatWasMeasuredSoFar() throws Exception {
    try (Program program = compare("--history=120,150")) {
      program.awaitError(text -> text.contains("history poll, 120 connections"));
      awaitChild(program);
      interruptAndLookForRemains(program);
      assertThat(program.err()).endsWith("\ncompare: interrupted; what was measured so far:\n");
      assertThat(program.out())
          .contains("120 connections", "\nplatform ", "\npool 100 ", "poll: an event loop")
          .doesNotContain("\npoll ", "\nepoll ");
    }
  }

  @Test
  void endsTheLoad() throws Exception {
    CountDownLatch connected = new CountDownLatch(1);
    try (Server server =
            Server.listen(
                0,
                connection -> {
                  connected.countDown();
                  connection.input().transferTo(connection.output());
                });
        Program program =
            Program.start(
                folder,
                "load",
                "tcp://127.0.0.1:" + server.localAddress().getPort(),
                "--duration=1m")) {
      connected.await();
      program.interrupt();
      assertThat(program.exitStatus()).isEqualTo(INTERRUPTED);
      assertThat(program.err()).isEqualTo("load: interrupted\n");
      assertThat(program.out()).isEmpty();
      assertThat(program.temporaryFiles()).isEmpty();
    }
  }
}
