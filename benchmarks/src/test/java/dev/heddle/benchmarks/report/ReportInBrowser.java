package dev.heddle.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The page as Chromium sees it. Run by `mvn verify -Pbrowser`, where `chromium` is installed.
class ReportInBrowser {
  /// Runs in the page after its own script, and leaves what it finds in the document.
  private static final String PROBE =
      """
      <script>
      const drawn = [...document.querySelectorAll('canvas')].map((canvas) => {
        const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        return new Set(new Uint32Array(data.buffer)).size;
      });
      const requests = performance.getEntriesByType('resource').map((entry) => entry.name);
      const needed = document.documentElement.scrollWidth;
      const found = {drawn, requests, width: document.documentElement.clientWidth, needed};
      const place = document.createElement('pre');
      place.textContent = JSON.stringify(found);
      place.id = 'probe';
      document.body.append(place);
      </script>
      """;

  @TempDir private Path folder;

  private record Visit(JsonNode found, String console) {}

  private Visit open(String... flags) throws IOException, InterruptedException {
    Path page = ReportFiles.write(Example.comparison(), folder);
    Files.writeString(page, Files.readString(page).replace("</body>", PROBE + "</body>"));
    List<String> command =
        new ArrayList<>(
            List.of(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + folder.resolve("profile"),
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--enable-logging=stderr",
                "--virtual-time-budget=5000",
                "--dump-dom"));
    command.addAll(List.of(flags));
    command.add(page.toUri().toString());
    Path out = folder.resolve("dom");
    Path err = folder.resolve("log");
    Process chromium =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertThat(chromium.waitFor(1, TimeUnit.MINUTES)).isTrue();
    String probe = Files.readString(out).replaceAll("(?s).*<pre id=\"probe\">(.*?)</pre>.*", "$1");
    return new Visit(new ObjectMapper().readTree(probe), Files.readString(err));
  }

  @Test
  void drawsEveryChartWithoutAComplaint() throws Exception {
    Visit visit = open("--window-size=1200,2000");
    assertThat(visit.console.lines().filter(line -> line.contains("CONSOLE"))).isEmpty();
    assertThat(visit.found.path("drawn")).hasSize(8).allMatch(colours -> colours.asInt() > 5);
  }

  @Test
  void asksForNothingElse() throws Exception {
    assertThat(open().found.path("requests").isArray()).isTrue();
    assertThat(open().found.path("requests"))
        .allMatch(address -> address.asText().startsWith("data:"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--window-size=500,900", "--window-size=500,900 --force-dark-mode"})
  void fitsAPhone(String flags) throws Exception {
    Visit visit = open(flags.split(" "));
    assertThat(visit.found.path("needed").asInt()).isEqualTo(visit.found.path("width").asInt());
    assertThat(visit.found.path("drawn")).hasSize(8).allMatch(colours -> colours.asInt() > 5);
  }
}
