package dev.heddle.demo.ws;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.heddle.Server;
import dev.heddle.launcher.program.Browser;
import dev.heddle.launcher.program.Program;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The chat over TLS, where its WebSockets are of the scheme `wss`, in Chromium. Run by `mvn verify
/// -Pbrowser`, where `chromium` is installed.
class SecureChatInBrowser {
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

  private static Page enter(Program program, String name) {
    Page page = browser.person().newPage();
    page.navigate(program.uri("https", "/").toString());
    page.getByLabel("Your name").fill(name);
    page.getByLabel("Your name").press("Enter");
    assertThat(page.locator("#state")).hasText("live");
    return page;
  }

  @ParameterizedTest
  @MethodSource("backends")
  void twoPeopleTalkOverTls(String backend) throws Exception {
    try (Program program = Program.startOn(backend, "--tls-dev")) {
      Page ada = enter(program, "Ada");
      Page bo = enter(program, "Bo");
      String longest = "ä".repeat(2_000);
      for (String message : List.of("Good morning", longest)) {
        Page.GetByLabelOptions exactly = new Page.GetByLabelOptions().setExact(true);
        ada.getByLabel("Message", exactly).fill(message);
        ada.getByLabel("Message", exactly).press("Enter");
      }
      for (Page page : List.of(ada, bo)) {
        assertThat(page.locator("#log .text")).hasText(new String[] {"Good morning", longest});
      }
      assertThat(browser.complaints()).isEmpty();
      browser.closeWindows();
    }
  }
}
