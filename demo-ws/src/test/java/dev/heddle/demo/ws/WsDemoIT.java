package dev.heddle.demo.ws;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.Server;
import dev.heddle.launcher.program.Program;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The server at work, over every backend, seen by the JDK's client.
class WsDemoIT {
  private final HttpClient http = HttpClient.newHttpClient();

  static List<String> backends() {
    return Server.backends();
  }

  private HttpResponse<String> get(Program program, String target) throws Exception {
    return http.send(HttpRequest.newBuilder(program.uri(target)).build(), BodyHandlers.ofString());
  }

  private Client enter(Program program, String room, String name) throws Exception {
    return new Client(http, program.uri("ws", "/chat?room=" + room + "&name=" + name));
  }

  private JsonNode rooms(Program program) throws Exception {
    return new ObjectMapper().readTree(get(program, "/rooms").body()).path("rooms");
  }

  @AfterEach
  void close() {
    http.shutdownNow();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void anEchoComesBack(String backend) throws Exception {
    try (Program program = Program.startOn(backend);
        Client client = new Client(http, program.uri("ws", "/echo"))) {
      for (int length : List.of(0, 125, 126, 65_535, 65_536)) {
        String message = "ä".repeat(length / 2);
        client.send(message);
        assertThat(client.hear()).isEqualTo(message);
      }
      client.leave();
      assertThat(client.closed()).startsWith("1000");
    }
  }

  /// Behind a proxy the page has an origin that the server knows from the proxy alone.
  @ParameterizedTest
  @MethodSource("backends")
  void aTrustedProxyTellsWhatAPagesHostIs(String backend) throws Exception {
    try (Program program =
        Program.startOn(backend, "--forwarded=x-forwarded", "--proxy-trusted=127.0.0.1")) {
      assertThat(handshake(program, "chat.example:8443")).startsWith("HTTP/1.1 101 ");
      assertThat(handshake(program, "other.example")).startsWith("HTTP/1.1 403 ");
    }
  }

  /// What a page of a host is answered behind a proxy that says which host it is.
  private static String handshake(Program program, String forwardedHost) throws Exception {
    try (Socket socket = program.connect()) {
      String request =
          """
          GET /echo HTTP/1.1
          Host: inner
          X-Forwarded-For: 192.0.2.7
          X-Forwarded-Proto: https
          X-Forwarded-Host: %s
          Origin: https://chat.example:8443
          Connection: Upgrade
          Upgrade: websocket
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
          Sec-WebSocket-Version: 13

          """
              .formatted(forwardedHost);
      socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(US_ASCII));
      return new String(socket.getInputStream().readNBytes(13), US_ASCII);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void peopleHearWhoIsInTheirRoomAndNobodyElse(String backend) throws Exception {
    try (Program program = Program.startOn(backend);
        Client ada = enter(program, "loom", "Ada");
        Client elsewhere = enter(program, "attic", "Eve")) {
      assertThat(ada.hear("welcome").path("members")).isEmpty();
      elsewhere.hear("welcome");
      ada.say("first");
      assertThat(ada.hear("message").path("message").textValue()).isEqualTo("first");
      try (Client bo = enter(program, "loom", "Bo")) {
        JsonNode welcome = bo.hear("welcome");
        assertThat(welcome.path("members").findValuesAsText("name")).containsExactly("Ada");
        assertThat(welcome.path("history").findValuesAsText("message")).containsExactly("first");
        JsonNode joined = ada.hear("joined");
        assertThat(joined.path("name").textValue()).isEqualTo("Bo");
        assertThat(joined.path("id")).isEqualTo(welcome.path("id"));
        bo.say("second \"<b>\" \uD83E\uDDF5");
        for (Client client : List.of(ada, bo)) {
          JsonNode said = client.hear("message");
          assertThat(said.path("from")).isEqualTo(welcome.path("id"));
          assertThat(said.path("message").textValue()).isEqualTo("second \"<b>\" \uD83E\uDDF5");
        }
        assertThat(rooms(program).findValuesAsText("name"))
            .containsExactlyInAnyOrder("loom", "Ada", "Bo", "attic", "Eve");
        bo.leave();
        assertThat(ada.hear("left").path("id")).isEqualTo(welcome.path("id"));
      }
      elsewhere.say("is anybody here?");
      assertThat(elsewhere.hear("message").path("name").textValue()).isEqualTo("Eve");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void whoIsCutOffLeaves(String backend) throws Exception {
    try (Program program = Program.startOn(backend);
        Client ada = enter(program, "loom", "Ada")) {
      ada.hear("welcome");
      try (Client bo = enter(program, "loom", "Bo")) {
        bo.hear("welcome");
        ada.hear("joined");
        bo.vanish();
        assertThat(ada.hear("left").path("name").textValue()).isEqualTo("Bo");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void toldToEndItSaysThatItGoesAway(String backend) throws Exception {
    try (Program program = Program.startOn(backend);
        Client ada = enter(program, "loom", "Ada");
        Client echo = new Client(http, program.uri("ws", "/echo"))) {
      ada.hear("welcome");
      program.terminate();
      assertThat(ada.closed()).startsWith("1001");
      assertThat(echo.closed()).startsWith("1001");
      assertThat(program.exitStatus()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "room=loom&name=                          | 1008 A name has 1 to 32 visible characters.",
        "room=loom&name=%20                       | 1008 A name has 1 to 32 visible characters.",
        "room=loom&name=a%E2%80%AEb               | 1008 A name has 1 to 32 visible characters.",
        "room=loom&name=123456789012345678901234567890123"
            + " | 1008 A name has 1 to 32 visible characters.",
        "room=a%2Fb&name=Ada                      |"
            + " 1008 A room's name has 1 to 32 letters, digits, - and _.",
        "room=&name=Ada                           |"
            + " 1008 A room's name has 1 to 32 letters, digits, - and _.",
      })
  void whoCantComeInIsToldWhy(String query, String closed) throws Exception {
    try (Program program = Program.startOn("virtual");
        Client client = new Client(http, program.uri("ws", "/chat?" + query.strip()))) {
      assertThat(client.closed()).isEqualTo(closed);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "hello                | Messages are JSON.",
        "{                    | Messages are JSON.",
        "[[[[[[[[[[[[1]]]]]]  | Messages are JSON.",
        "{\"text\":\"hello\"} | Messages look like {\"message\": \"hello\"}.",
        "{\"message\":7}      | Messages look like {\"message\": \"hello\"}.",
        "{\"message\":\" \"}  | A message has 1 to 2000 characters.",
      })
  void whatMakesNoSenseIsRefusedAndTheMemberStays(String sent, String reason) throws Exception {
    try (Program program = Program.startOn("virtual");
        Client ada = enter(program, "loom", "Ada")) {
      ada.hear("welcome");
      ada.send(sent.strip());
      assertThat(ada.hear("refused").path("reason").textValue()).isEqualTo(reason);
      ada.say("x".repeat(2_001));
      ada.hear("refused");
      ada.say("x".repeat(2_000));
      assertThat(ada.hear("message").path("message").textValue()).hasSize(2_000);
    }
  }

  @Test
  void aCrowdIsNotToldOfEveryoneWhoComesAndGoes() throws Exception {
    try (Program program = Program.startOn("virtual");
        Client first = new Client(http, program.uri("ws", "/chat"))) {
      first.hear("welcome");
      List<Client> crowd = new ArrayList<>();
      for (int i = 0; i < ChatLimits.CROWD; i++) {
        crowd.add(enter(program, "lobby", "Nr" + i));
        crowd.getLast().hear("welcome");
      }
      for (int i = 1; i < ChatLimits.CROWD; i++) {
        first.hear("joined");
      }
      assertThat(first.hear("crowded").path("members").isNull()).isTrue();
      try (Client late = enter(program, "lobby", "Late")) {
        assertThat(late.hear("welcome").path("members").isNull()).isTrue();
        late.leave();
        late.closed();
      }
      crowd.getFirst().leave();
      assertThat(first.hear("crowded").path("members")).hasSize(ChatLimits.CROWD);
      crowd.getLast().leave();
      assertThat(first.hear("left").path("name").textValue())
          .isEqualTo("Nr" + (ChatLimits.CROWD - 1));
      crowd.forEach(Client::vanish);
    }
  }

  @Test
  void thereIsAnEndToRoomsMembersHistoryAndMessages() throws Exception {
    try (Program program =
            Program.startOn(
                "virtual",
                "--max-rooms=2",
                "--max-members=1",
                "--history=2",
                "--max-message=3k",
                "--no-compression");
        Client ada = enter(program, "one", "Ada")) {
      ada.hear("welcome");
      for (int i = 0; i < 4; i++) {
        ada.say("message " + i);
        ada.hear("message");
      }
      try (Client second = enter(program, "one", "Bo")) {
        assertThat(second.closed()).isEqualTo("1008 The room is full.");
      }
      try (Client bo = enter(program, "two", "Bo")) {
        bo.hear("welcome");
        try (Client third = enter(program, "three", "Eve")) {
          assertThat(third.closed())
              .isEqualTo("1008 There are too many rooms: join one that is open.");
        }
        bo.send("x".repeat(3_073));
        assertThat(bo.closed()).startsWith("1009");
      }
      ada.leave();
      ada.closed();
      try (Client again = enter(program, "one", "Ada")) {
        assertThat(again.hear("welcome").path("history").findValuesAsText("message"))
            .containsExactly("message 2", "message 3");
      }
    }
  }

  @Test
  void pagesOfOtherSitesCantConnect() throws Exception {
    try (Program program = Program.startOn("virtual")) {
      HttpRequest request =
          HttpRequest.newBuilder(program.uri("/chat?name=Eve"))
              .header("Origin", "https://example.org")
              .build();
      assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isIn(403, 426);
    }
  }

  @Test
  void thePageBringsAllItNeedsAndAllowsNothingElse() throws Exception {
    try (Program program = Program.startOn("virtual")) {
      HttpResponse<String> page = get(program, "/");
      assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
          .contains("default-src 'none'", "script-src 'self'")
          .doesNotContain("unsafe");
      assertThat(page.body()).doesNotContain("<script>", "style=", "onclick");
      for (String part :
          List.of("/chat.js", "/lifeline.js", "/view.js", "/style.css", "/icon.svg")) {
        assertThat(get(program, part).statusCode()).as(part).isEqualTo(200);
      }
      for (String script : List.of("/chat.js", "/lifeline.js", "/view.js")) {
        assertThat(get(program, script).body())
            .doesNotContain("innerHTML", "insertAdjacentHTML", "document.write", "eval(");
      }
    }
  }

  @Test
  void theHelpTellsItsFlags() throws Exception {
    try (Program program = Program.start("--help")) {
      program.await(line -> line.startsWith("Usage: ws "));
      for (String flag :
          List.of("--ping-interval", "--max-message", "--[no-]compression", "--slow-member")) {
        program.await(line -> line.contains(flag));
      }
      assertThat(program.exitStatus()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--ping-interval=5     | --ping-interval is '5': expected a time",
        "--ping-interval=900h  | --ping-interval is '900h': expected a time of at most 24 days",
        "--max-message=lots    | --max-message is 'lots': expected a size such as 512, 64k or 1m",
        "--max-message=2g      | --max-message is '2g': expected a size of at most 2047m",
        "--mailbox=0           | --mailbox is '0': expected a whole number from 1",
        "--max-rooms=none      | --max-rooms is 'none': expected a whole number from 1",
        "--slow-member=wait    | --slow-member is 'wait': expected drop-oldest, drop-newest or"
            + " close",
        "--compression=maybe   | --compression is 'maybe': expected true or false",
        "--history=-1          | --history is '-1': expected a whole number from 0",
        "--chat                | unknown flag '--chat'",
      })
  void whatMakesNoSenseIsRefusedInOneLine(String arg, String message) throws Exception {
    try (Program program = Program.start(arg.strip())) {
      assertThat(program.await(_ -> true)).startsWith("ws: " + message);
      assertThat(program.exitStatus()).isEqualTo(2);
    }
  }
}
