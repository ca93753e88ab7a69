package dev.heddle.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {
  private static final Comparison EXAMPLE = Example.comparison();

  @TempDir private Path folder;

  @Test
  void jsonIsReadAsItWasWritten() throws IOException {
    assertThat(ResultsJson.read(ResultsJson.write(EXAMPLE))).isEqualTo(EXAMPLE);
  }

  @Test
  void csvHasALineForEachRound() {
    List<String> lines = ResultsCsv.of(EXAMPLE).lines().toList();
    assertThat(lines).hasSize(1 + 2 * 4 * 5);
    assertThat(lines.getFirst()).startsWith("protocol,server,round,rate,messages/s,");
    assertThat(lines.get(1)).startsWith("echo,virtual,1,40000.0,84000.0,");
    int columns = lines.getFirst().split(",", -1).length;
    assertThat(lines).allMatch(line -> line.split(",", -1).length == columns);
  }

  @Test
  void histogramFilesHoldWhatWasMeasured() throws IOException {
    ReportFiles.write(EXAMPLE, folder);
    assertThat(folder.resolve("echo-inline.hgrm")).content().contains("Percentile", "#[Max");
    Path log = folder.resolve("echo-selector-carrier-loop.hlog");
    Histogram first = (Histogram) new HistogramLogReader(log.toFile()).nextIntervalHistogram();
    Round round = EXAMPLE.contests().getFirst().entries().get(2).rounds().getFirst();
    assertThat(first).isEqualTo(round.atRate().latency().decode());
  }

  @Test
  void pageIsCompleteAndLoadsNothing() throws IOException {
    String page = Files.readString(ReportFiles.write(EXAMPLE, folder));
    assertThat(page)
        .contains("Chart.js v", "Permission is hereby granted", "A &lt;fast&gt; processor")
        .contains("default-src 'none'", "./heddle compare --protocol=echo")
        .doesNotContain("{{", "sourceMappingURL", "<fast>");
    assertThat(matches(page, "(?i)<[^>]+\\s(?:src|href|action)\\s*=\\s*\"([^\"]*)\""))
        .allMatch(address -> address.startsWith("data:"));
    String style = page.substring(page.indexOf("<style>"), page.indexOf("</style>"));
    assertThat(style).doesNotContain("url(", "@import");
  }

  @Test
  void pageHoldsTheFiguresOfSoundServers() throws IOException {
    String page = Page.of(EXAMPLE);
    JsonNode contests =
        new ObjectMapper().readTree(matches(page, "(?s)id=\"data\">(.*?)</script>").getFirst());
    assertThat(contests).hasSize(2);
    JsonNode echo = contests.get(0);
    assertThat(echo.path("names")).hasSize(3).noneMatch(name -> name.asText().equals("pool"));
    assertThat(echo.path("cpu").get(0)).hasSize(3);
    assertThat(echo.path("memory").get(1)).isEmpty();
    assertThat(echo.path("curves").get(0)).hasSizeGreaterThan(20);
  }

  @Test
  void everyChartHasATable() {
    String page = Page.of(EXAMPLE);
    List<String> tables = matches(page, "(<table>)");
    assertThat(matches(page, "(data-chart)=\"")).hasSize(tables.size() - 1); // that of the history
  }

  private static List<String> matches(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().map(ReportFilesTest::first).toList();
  }

  private static String first(MatchResult match) {
    return match.group(1);
  }
}
