package dev.heddle.demo.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.heddle.Server;
import dev.heddle.launcher.program.Browser;
import dev.heddle.launcher.program.Program;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The demo over TLS as Chromium sees it. Run by `mvn verify -Pbrowser`, where `chromium` is
/// installed.
class HttpsInBrowser {
  private static Browser browser;

  @BeforeAll
  static void open() {
    browser = new Browser();
  }

  @AfterAll
  static void close() {
    browser.close();
  }

  static List<String> backends() {
    return Server.backends();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void thePagesLoadAndLiveOverTls(String backend) throws Exception {
    try (Program program = Program.startOn(backend, "--tls-dev")) {
      Page page = browser.person().newPage();
      page.navigate(program.uri("https", "/headers").toString());
      assertThat(page.locator("main")).containsText("TLSv1.3 TLS_");
      page.navigate(program.uri("https", "/").toString());
      assertThat(page.locator("#state")).hasText("live");
      assertThat(page.locator("#backend")).hasText(backend);
      assertThat(page.locator("#requests")).hasText(Pattern.compile("[1-9].*"));
      assertThat(browser.complaints()).isEmpty();
      browser.closeWindows();
    }
  }
}
