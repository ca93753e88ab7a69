package dev.heddle.demo.ws;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.heddle.launcher.program.Browser;
import dev.heddle.launcher.program.Program;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The chat as people use it, in Chromium. Run by `mvn verify -Pbrowser`, where `chromium` is
/// installed.
class ChatInBrowser {
  /// More than the chat waits before it tries again.
  private static final double PATIENCE_MILLIS = 30_000;

  private static Browser browser;

  private Program program;
  private int port;

  @BeforeAll
  static void open() {
    browser = new Browser();
  }

  @AfterAll
  static void close() {
    browser.close();
  }

  @BeforeEach
  void start() throws Exception {
    program = Program.start("--port=0", "--grace=1s");
    port = program.port();
  }

  @AfterEach
  void stop() throws Exception {
    browser.closeWindows();
    program.close();
  }

  private Page page() {
    Page page = browser.person().newPage();
    page.navigate("http://127.0.0.1:" + port + "/");
    return page;
  }

  private Page enter(String name, String room) {
    Page page = page();
    page.getByLabel("Your name").fill(name);
    page.getByLabel("Room", new Page.GetByLabelOptions().setExact(true)).fill(room);
    button(page, "Join").click();
    assertThat(state(page)).hasText("live");
    return page;
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator state(Page page) {
    return page.locator("#state");
  }

  private static Locator messages(Page page) {
    return page.locator("#log .text");
  }

  private static Locator members(Page page) {
    return page.locator("#members li");
  }

  private static void say(Page page, String message) {
    page.getByLabel("Message", new Page.GetByLabelOptions().setExact(true)).fill(message);
    button(page, "Send").click();
  }

  @Test
  void threePeopleInTwoRooms() throws Exception {
    Page ada = enter("Ada", "loom");
    Page bo = enter("Bo", "loom");
    Page eve = enter("Eve", "attic");
    assertThat(ada.locator("#peopleCount")).hasText("2 people here");
    assertThat(members(ada)).hasText(new String[] {"Ada (you)", "Bo"});
    assertThat(members(bo)).hasText(new String[] {"Ada", "Bo (you)"});
    assertThat(members(eve)).hasText(new String[] {"Eve (you)"});
    say(ada, "Good morning");
    say(bo, "Good morning, Ada!\nHow are you?");
    say(eve, "Is anybody here?");
    for (Page page : List.of(ada, bo)) {
      assertThat(messages(page))
          .hasText(new String[] {"Good morning", "Good morning, Ada! How are you?"});
    }
    assertThat(messages(eve)).hasText(new String[] {"Is anybody here?"});
    Browser.photograph(ada, "chat-wide");

    Page visitor = page();
    assertThat(visitor.locator("#rooms li"))
        .hasText(new String[] {"loom 2 people", "attic 1 person"});
    Browser.photograph(visitor, "door-wide");

    button(bo, "Leave").click();
    assertThat(bo.getByLabel("Your name")).isFocused();
    assertThat(members(ada)).hasText(new String[] {"Ada (you)"});
    assertThat(ada.locator("#log .note").last()).hasText("Bo left");

    // And back, without typing. Both rooms have one person now, so either may stand first.
    bo.locator("#rooms button").filter(new Locator.FilterOptions().setHasText("loom")).click();
    assertThat(messages(bo)).hasCount(2);
    assertThat(members(ada)).hasCount(2);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void comesBackByItselfAfterARestart() throws Exception {
    Page ada = enter("Ada", "loom");
    Page bo = enter("Bo", "loom");
    say(ada, "before");
    assertThat(messages(bo)).hasCount(1);
    program.terminate();
    assertThat(program.exitStatus()).isZero();
    assertThat(state(ada)).containsText(Pattern.compile("trying again|connecting again"));
    Locator text = ada.getByLabel("Message", new Page.GetByLabelOptions().setExact(true));
    text.fill("written meanwhile");
    text.press("Enter");
    assertThat(text).hasValue("written meanwhile");
    assertThat(ada.locator("#sayHint")).containsText("Not sent");
    Browser.photograph(ada, "lost-wide");
    bo.setViewportSize(360, 640);
    Browser.assertFits(bo);
    Browser.photograph(bo, "lost-narrow");

    program.close();
    program = Program.start("--port=" + port, "--grace=1s");
    program.port();
    for (Page page : List.of(ada, bo)) {
      assertThat(state(page)).hasText("live", patient());
      assertThat(members(page)).hasCount(2, new HasCountOptions().setTimeout(PATIENCE_MILLIS));
    }
    text.press("Enter");
    for (Page page : List.of(ada, bo)) {
      assertThat(messages(page)).hasText(new String[] {"before", "written meanwhile"});
    }
    assertThat(browser.complaints())
        .allMatch(complaint -> complaint.startsWith("WebSocket connection to "));
  }

  private static HasTextOptions patient() {
    return new HasTextOptions().setTimeout(PATIENCE_MILLIS);
  }

  @Test
  void whatWasShownBeforeAConnectionWasLostIsNotShownAgain() {
    Page ada = enter("Ada", "loom");
    say(ada, "once");
    ada.context().setOffline(true);
    ada.evaluate("dispatchEvent(new Event('offline'))");
    assertThat(state(ada)).not().hasText("live");
    Page bo = enter("Bo", "loom");
    say(bo, "missed");
    ada.context().setOffline(false);
    assertThat(state(ada)).hasText("live", patient());
    assertThat(messages(ada)).hasText(new String[] {"once", "missed"});
  }

  @Test
  void namesAndMessagesNeverBecomeMarkup() {
    Page ada = enter("Ada", "loom");
    String name = "<script>alert(1)</script>";
    Page eve = enter(name, "loom");
    String markup = "<img src=x onerror=alert(2)><script>alert(3)</script>&amp;";
    say(eve, markup);
    for (Page page : List.of(ada, eve)) {
      assertThat(messages(page)).hasText(new String[] {markup});
      assertThat(page.locator("#log .who")).hasText(name);
      assertThat(page.locator("#log img, #log script, #members script")).hasCount(0);
    }
    assertThat(members(ada).last()).hasText(name);
    Page visitor = page();
    assertThat(visitor.locator("#rooms li")).hasText("loom 2 people");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void theKeyboardIsEnough() {
    Page page = page();
    assertThat(page.getByLabel("Your name")).isFocused();
    page.keyboard().type("Ada");
    page.keyboard().press("Enter");
    Locator text = page.getByLabel("Message", new Page.GetByLabelOptions().setExact(true));
    assertThat(text).isFocused();
    page.keyboard().type("one");
    page.keyboard().press("Shift+Enter");
    page.keyboard().type("two");
    page.keyboard().press("Enter");
    assertThat(messages(page)).hasText(new String[] {"one two"});
    assertThat(text).isFocused();
    page.keyboard().press("Shift+Tab");
    assertThat(page.getByRole(AriaRole.LOG)).isFocused();
    assertThat(page.getByRole(AriaRole.LOG)).hasAttribute("aria-live", "polite");
    for (int i = 0; i < 2; i++) {
      page.keyboard().press("Shift+Tab");
    }
    assertThat(button(page, "Leave")).isFocused();
    page.keyboard().press("Enter");
    assertThat(page.getByLabel("Your name")).isFocused();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void whatIsRefusedIsSaidWhereItWasTyped() {
    Page page = page();
    page.getByLabel("Your name").fill("Ada");
    Locator room = page.getByLabel("Room", new Page.GetByLabelOptions().setExact(true));
    room.fill("a/b");
    button(page, "Join").click();
    assertThat(page.getByRole(AriaRole.ALERT))
        .hasText("A room's name has 1 to 32 letters, digits, - and _.");
    assertThat(room).isFocused();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void fitsAPhone() throws Exception {
    Page door = page();
    door.setViewportSize(360, 640);
    Browser.assertFits(door);
    Browser.photograph(door, "door-narrow");
    Page page = enter("Ada Augusta King, Countess of L.", "loom");
    page.setViewportSize(360, 640);
    Page bo = enter("Bo", "loom");
    say(bo, "x".repeat(300));
    say(bo, "Words that are long, and so many of them that they do not fit a line of a phone.");
    for (int i = 0; i < 10; i++) {
      say(page, "message " + i);
    }
    assertThat(messages(page)).hasCount(12);
    Browser.assertFits(page);
    assertThat(messages(page).last()).isInViewport();
    assertThat(button(page, "Send")).isInViewport();
    Browser.photograph(page, "chat-narrow");
    page.locator("summary").click();
    assertThat(members(page).last()).isInViewport();
    Browser.assertFits(page);
    Browser.photograph(page, "people-narrow");
    page.setViewportSize(640, 300); // on its side, or with its keyboard up
    Browser.assertFits(page);
    assertThat(button(page, "Send")).isInViewport();
    Browser.photograph(page, "chat-flat");
    assertThat(browser.complaints()).isEmpty();
  }
}
