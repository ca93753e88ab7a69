package dev.heddle.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The jar's `compare`, from the command line to the report: its form and that its figures agree
/// with one another, never how fast anything is.
class CompareIT {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private Path folder;

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", System.getProperty("executable.jar"), "compare", "--quick"));
    command.addAll(List.of("--protocol=echo", "--connections=8", "--pin=none"));
    command.add("--out=" + folder.resolve("report"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectError(folder.resolve("err").toFile())
        .redirectOutput(folder.resolve("out").toFile())
        .start();
  }

  private String output(String stream) throws IOException {
    return Files.readString(folder.resolve(stream), StandardCharsets.UTF_8);
  }

  @Test
  void comparesTwoBackendsAndTellsOfIt() throws Exception {
    Process compare =
        start(
            "--backends=virtual,selector",
            "--baselines=none",
            "--rounds=2",
            "--duration=100ms",
            "--rate=200",
            "--idle-connections=50");
    assertThat(compare.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(output("out"))
        .contains(
            "ratios are to virtual", "Saturated", "CPU at 200 messages/s", "Latency", "Report: ");
    assertThat(output("out").lines())
        .allMatch(line -> line.length() <= 80 || line.startsWith("Rep"));
    assertThat(output("err")).contains("echo virtual, round 1 of 2", "echo selector, round 2 of 2");
    assertThat(compare.exitValue()).as(output("out") + output("err")).isZero();

    JsonNode contest =
        MAPPER.readTree(folder.resolve("report/results.json").toFile()).path("contests").get(0);
    assertThat(contest.path("entries")).hasSize(2);
    for (JsonNode entry : contest.path("entries")) {
      assertThat(entry.path("rounds")).hasSize(2);
      assertThat(entry.path("memory").path("many").asInt()).isEqualTo(50);
      assertThat(entry.path("command").asText())
          .contains("--backend=" + entry.path("name").asText());
      for (JsonNode round : entry.path("rounds")) {
        checkSample(round.path("saturated"));
        checkSample(round.path("atRate"));
      }
    }
    assertThat(folder.resolve("report/index.html")).isNotEmptyFile();
    assertThat(folder.resolve("report/echo-virtual.hgrm")).isNotEmptyFile();
    assertThat(folder.resolve("report/echo-selector.hlog")).isNotEmptyFile();
  }

  private static void checkSample(JsonNode sample) {
    double user = sample.path("userMicros").asDouble();
    double system = sample.path("systemMicros").asDouble();
    JsonNode latency = sample.path("latency");
    assertThat(sample.path("perSecond").asDouble()).isPositive();
    assertThat(user + system).isCloseTo(sample.path("cpuMicros").asDouble(), within());
    assertThat(sample.path("errors")).isEmpty();
    assertThat(
            Stream.of("p50", "p90", "p99", "p999", "max")
                .map(name -> latency.path(name).asDouble())
                .toList())
        .isSorted();
  }

  private static Percentage within() {
    return Percentage.withPercentage(0.1);
  }

  @Test
  void saysWhyAServerDidNotStart() throws Exception {
    Process compare = start("--backends=nosuch", "--baselines=none", "--idle-connections=0");
    assertThat(compare.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(compare.exitValue()).isEqualTo(1);
    assertThat(output("out").replaceAll("\\s+", " "))
        .contains("! nosuch: ended with status 2: echo: --backend is 'nosuch'");
  }

  @Test
  void leavesNoServerBehindWhenItIsEnded() throws Exception {
    Process compare = start("--backends=virtual", "--baselines=none", "--duration=1m");
    while (!output("err").contains("round 1")) {
      assertThat(compare.isAlive()).as(output("err")).isTrue();
      compare.waitFor(50, TimeUnit.MILLISECONDS);
    }
    List<ProcessHandle> servers = compare.toHandle().descendants().toList();
    assertThat(servers).isNotEmpty();
    compare.destroy(); // SIGTERM, as by Ctrl-C
    assertThat(compare.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(output("err")).contains("interrupted; what was measured so far:");
    for (ProcessHandle server : servers) {
      var _ = server.onExit().get(10, TimeUnit.SECONDS);
    }
  }
}
