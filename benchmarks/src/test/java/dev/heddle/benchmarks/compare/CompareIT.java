package dev.heddle.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.benchmarks.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The jar's `compare`, from the command line to the report: its form and that its figures agree
/// with one another, never how fast anything is.
class CompareIT {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private Path folder;

  private Program start(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("compare", "--quick", "--protocol=echo"));
    all.addAll(List.of("--connections=8", "--pin=none", "--out=" + folder.resolve("report")));
    all.addAll(List.of(arguments));
    return Program.start(folder, all.toArray(String[]::new));
  }

  @Test
  void comparesTwoBackendsAndTellsOfIt() throws Exception {
    Program compare =
        start(
            "--backends=virtual,selector",
            "--baselines=none",
            "--rounds=2",
            "--duration=100ms",
            "--rate=200",
            "--idle-connections=50");
    assertThat(compare.exitStatus()).as(compare::toString).isZero();
    assertThat(compare.out())
        .contains(
            "ratios are to virtual", "Saturated", "CPU at 200 messages/s", "Latency", "Report: ");
    assertThat(compare.out().lines())
        .allMatch(line -> line.length() <= 80 || line.startsWith("Rep"));
    assertThat(compare.err()).contains("echo virtual, round 1 of 2", "echo selector, round 2 of 2");

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
    Program compare = start("--backends=nosuch", "--baselines=none", "--idle-connections=0");
    assertThat(compare.exitStatus()).isEqualTo(1);
    assertThat(compare.out().replaceAll("\\s+", " "))
        .contains("! nosuch: ended with status 2: echo: --backend is 'nosuch'");
  }
}
