package dev.heddle.demo.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.heddle.Server;
import dev.heddle.launcher.program.Browser;
import dev.heddle.launcher.program.Program;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The pages as people see them, in Chromium. Run by `mvn verify -Pbrowser`, where `chromium` is
/// installed.
class LivePageInBrowser {
  /// More than the page waits before it tries again.
  private static final double PATIENCE_MILLIS = 30_000;

  private static final int WIDE = 1280;
  private static final int NARROW = 360;

  private static final Pattern TIME = Pattern.compile("\\d[\\d.]* (ns|µs|ms|s)");

  private static Browser browser;

  @BeforeAll
  static void open() {
    browser = new Browser();
  }

  @AfterAll
  static void close() {
    browser.close();
  }

  @AfterEach
  void closeWindows() {
    browser.closeWindows();
  }

  static List<String> backends() {
    return Server.backends();
  }

  private static Page visit(String address) {
    Page page = browser.person().newPage();
    page.setViewportSize(WIDE, 900);
    page.navigate(address);
    return page;
  }

  private static Locator figure(Page page, String id) {
    return page.locator("#" + id);
  }

  private static void assertLive(Page page) {
    assertThat(figure(page, "state"))
        .hasText("live", new HasTextOptions().setTimeout(PATIENCE_MILLIS));
  }

  private static void knock(Page page) {
    Locator button = page.getByRole(AriaRole.BUTTON);
    button.click();
    assertThat(button).isEnabled();
  }

  /// Waits until a figure is so great.
  private static void awaitAtLeast(Page page, String id, int least) {
    page.waitForFunction(
        "([id, least]) => Number(document.getElementById(id).textContent.replaceAll(',', '')) >="
            + " least",
        List.of(id, least));
  }

  private static String chart(Page page, String path) {
    return page.locator(path).getAttribute("d");
  }

  @ParameterizedTest
  @MethodSource("backends")
  void figuresMoveWhileRequestsCome(String backend) throws Exception {
    try (Program program = Program.startOn(backend)) {
      Page page = visit(program.uri("/").toString());
      assertLive(page);
      assertThat(figure(page, "backend")).hasText(backend);
      knock(page);
      awaitAtLeast(page, "requests", 200);
      for (String id : List.of("median", "tail", "p50", "p90", "p99", "p999", "max")) {
        assertThat(figure(page, id)).hasText(TIME);
      }
      String rates = chart(page, "#rates .first");
      String times = chart(page, "#times .second");
      knock(page);
      awaitAtLeast(page, "requests", 400);
      assertThat(chart(page, "#rates .first")).isNotEqualTo(rates).contains("L");
      assertThat(chart(page, "#times .second")).isNotEqualTo(times);
      awaitAtLeast(page, "connections", 1);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void thePageComesBackByItselfAfterARestart() throws Exception {
    Page page;
    int port;
    try (Program program = Program.start("--port=0", "--grace=5s", "--keep-alive-timeout=7s")) {
      port = program.port();
      page = visit(program.uri("/").toString());
      assertLive(page);
      assertThat(figure(page, "keepAliveTimeout")).hasText("7 s");
      knock(page);
      awaitAtLeast(page, "requests", 200);
      assertThat(browser.complaints()).isEmpty();
      program.terminate();
      assertThat(program.exitStatus()).isZero();
      assertThat(figure(page, "state")).hasText("the server is gone; trying again");
      assertThat(figure(page, "requests")).hasCSS("opacity", "0.45");
      Browser.photograph(page, "live-lost");
    }
    try (Program program = Program.start("--port=" + port, "--backend=selector")) {
      assertThat(program.port()).isEqualTo(port);
      assertLive(page);
      assertThat(figure(page, "backend")).hasText("selector");
      assertThat(figure(page, "requests")).hasCSS("opacity", "1");
      assertThat(figure(page, "keepAliveTimeout")).hasText("60 s");
      knock(page);
      awaitAtLeast(page, "requests", 200);
    }
    assertThat(browser.complaints())
        .allMatch(complaint -> complaint.contains("net::ERR_CONNECTION_REFUSED"));
  }

  @Test
  void allPagesFitAScreenAndAPhone() throws Exception {
    try (Program program = Program.start("--port=0")) {
      Page live = visit(program.uri("/").toString());
      assertLive(live);
      assertFits(live, "live-empty");
      for (int i = 1; i <= 3; i++) {
        knock(live);
        awaitAtLeast(live, "requests", 200 * i);
      }
      assertFits(live, "live");
      Page headers = visit(program.uri("/headers?" + "q".repeat(500)).toString());
      assertFits(headers, "headers");
      assertThat(headers.locator("td").first().boundingBox().width)
          .as("room for a value on a phone")
          .isGreaterThan(NARROW * 0.8);
      assertFits(visit(program.uri("/files/").toString()), "files");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private static void assertFits(Page page, String name) {
    for (int width : List.of(WIDE, NARROW)) {
      page.setViewportSize(width, 800);
      Browser.assertFits(page);
      Browser.photograph(page, name + "-" + width);
    }
  }
}
