package dev.heddle.demo.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The demo over TLS as Chromium sees it. Run by `mvn verify -Pbrowser`, where `chromium` is
/// installed.
class HttpsInBrowser {
  @TempDir private Path folder;

  private record Visit(String page, String console) {}

  private Visit open(String address) throws IOException, InterruptedException {
    Path out = folder.resolve("dom");
    Path err = folder.resolve("log");
    List<String> command =
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
            "--ignore-certificate-errors", // it signs itself
            "--user-data-dir=" + folder.resolve("profile"),
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            "--enable-logging=stderr",
            "--timeout=4000",
            "--dump-dom",
            address);
    Process chromium =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertThat(chromium.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return new Visit(Files.readString(out), Files.readString(err));
  }

  @ParameterizedTest
  @ValueSource(strings = {"virtual", "selector"})
  void thePagesLoadOverTls(String backend) throws Exception {
    try (Program program = Program.start("--port=0", "--tls-dev", "--backend=" + backend)) {
      String site = "https://127.0.0.1:" + program.port();
      Visit headers = open(site + "/headers");
      assertThat(headers.page).contains("What the server saw", "TLSv1.3 TLS_");
      Visit live = open(site + "/");
      assertThat(live.page).contains("</html>");
      assertThat(live.console.lines().filter(line -> line.contains("CONSOLE"))).isEmpty();
    }
  }
}
