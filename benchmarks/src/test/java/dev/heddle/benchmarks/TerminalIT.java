package dev.heddle.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Control codes are for those who watch.
class TerminalIT {
  private static final String ERASE_LINE = "\r\u001b[K";

  @TempDir private Path folder;

  private static Server echo() throws Exception {
    return Server.listen(0, c -> c.input().transferTo(c.output()));
  }

  private static String[] load(Server server) {
    String url = "tcp://127.0.0.1:" + server.localAddress().getPort();
    return new String[] {"load", url, "--warmup=100ms", "--duration=100ms"};
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "compare --help", "compare --rounds=0", "doctor", "nosuch"})
  void thereAreNoneInFilesOfHelpAndOfWhatIsWrong(String arguments) throws Exception {
    try (Program program = Program.start(folder, arguments.split(" "))) {
      program.exitStatus();
      assertThat(program.out() + program.err()).isNotEmpty(); // and looked through by Program
    }
  }

  @Test
  void thereAreNoneInFilesOfALoad() throws Exception {
    try (Server server = echo();
        Program program = Program.start(folder, load(server))) {
      assertThat(program.exitStatus()).isZero();
      assertThat(program.out()).contains("latency");
      assertThat(program.err()).isEmpty();
    }
  }

  /// By `script`, which gives a program a terminal of its own.
  private String onTerminal(String kind, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("script", "--quiet", "--return", "--command"));
    command.add(String.join(" ", Program.command(arguments)));
    command.add("/dev/null");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("TERM", kind);
    Path seen = folder.resolve("seen");
    Process script = builder.redirectErrorStream(true).redirectOutput(seen.toFile()).start();
    assertThat(script.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return Files.readString(seen);
  }

  @Test
  void aTerminalSeesALiveLineThatGoesWhenTheResultComes() throws Exception {
    try (Server server = echo()) {
      String seen = onTerminal("xterm", load(server));
      assertThat(seen).contains(ERASE_LINE + "connecting", ERASE_LINE + "tcp://127.0.0.1");
    }
  }

  @Test
  void aTerminalSeesHowFarAComparisonIsAndHowLongItStillTakes() throws Exception {
    String seen =
        onTerminal(
            "xterm",
            "compare",
            "--quick",
            "--protocol=echo",
            "--backends=virtual",
            "--baselines=none",
            "--rounds=1",
            "--duration=50ms",
            "--pin=none",
            "--out=" + folder.resolve("report"));
    assertThat(seen)
        .containsPattern("\\[#*\\.+] +\\d+% \\d:\\d\\d left {2}echo virtual, warming up");
    assertThat(seen).contains(ERASE_LINE + "echo: 64 connections");
  }

  @Test
  void aTerminalThatKnowsNoCodesGetsNone() throws Exception {
    try (Server server = echo()) {
      assertThat(onTerminal("dumb", load(server))).contains("latency").doesNotContain("\u001b");
    }
  }
}
