package dev.heddle.demo.echo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.Server;
import dev.heddle.launcher.program.Program;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A server at work, and its end.
class EchoIT {
  private static final String STATS =
      "conn=\\d+/\\d+ msg/s=N in/s=N out/s=N cpu=\\d+% mem=N fd=(-|N/N)"
          .replace("N", "\\d[\\d.]{0,3}[kMGTPE]?");

  static Stream<List<String>> engines() {
    Stream<List<String>> backends =
        Server.backends().stream().map(name -> List.of("--backend=" + name));
    Stream<List<String>> variants =
        Stream.of(
            List.of("--backend=selector", "--carrier=loop", "--loops=1"),
            List.of("--backend=selector", "--carrier=scheduler", "--parallelism=1"),
            List.of("--backend=virtual", "--carrier=poller", "--poller-mode=1"),
            List.of("--backend=virtual", "--poller-mode=2", "--parallelism=2"));
    return Stream.concat(backends, variants);
  }

  private static Program start(List<String> engine, String... more) throws Exception {
    List<String> args = new ArrayList<>(engine);
    args.add("--port=0");
    args.addAll(List.of(more));
    return Program.start(args.toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void everyEngineEchoes(List<String> engine) throws Exception {
    byte[] bytes = new byte[1_000_000];
    new Random(1).nextBytes(bytes);
    try (Program program = start(engine);
        Client client = Client.connect(program.port());
        var sender = Executors.newSingleThreadExecutor()) {
      client.assertEcho("hello");
      Future<?> sent =
          sender.submit(
              () -> {
                client.send(bytes);
                client.endOutput();
                return null;
              });
      assertThat(Arrays.equals(client.receive(bytes.length), bytes)).isTrue();
      client.assertEnd();
      sent.get();
      assertThat(program.errors()).isEmpty();
    }
  }

  @Test
  void theLineItPrintsTellsWhatListensWhereAndOnWhat() throws Exception {
    try (Program program = start(List.of("--backend=selector", "--loops=2"))) {
      program.banner();
      program.signal("TERM");
      assertThat(program.exitStatus()).isZero();
      assertThat(program.output()).allMatch(line -> line.length() <= 80);
      assertThat(String.join("", program.output()).replaceAll(" +", " "))
          .matches(
              "heddle \\d\\S* \\| echo on 127\\.0\\.0\\.1:\\d+ \\| selector \\(carrier loop, 2"
                  + " loops\\) \\| JDK \\d\\S* \\| ready in \\d+ ms");
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void toldToEndItDrainsAndExits(List<String> engine) throws Exception {
    try (Program program = start(engine);
        Client idle = Client.connect(program.port());
        Client client = Client.connect(program.port())) {
      idle.assertEcho("hello");
      client.assertEcho("hello");
      program.signal("TERM");
      idle.assertEnd();
      client.assertEnd();
      assertThat(program.exitStatus()).isZero();
      assertThat(program.errors())
          .containsExactly("echo: draining 2 connections within 10s; Ctrl-C again ends at once");
    }
  }

  @Test
  void aConnectionAtWorkGetsAllOfItsAnswerBeforeTheEnd() throws Exception {
    for (String backend : Server.backends()) {
      try (Program program =
              start(List.of("--backend=" + backend), "--send-buffer=16k", "--receive-buffer=16k");
          Client client = Client.connect(program.port())) {
        byte[] sent = client.sendUntilTheServerIsStuck();
        program.signal("TERM");
        program.awaitError(line -> line.contains("draining 1 connection "));
        assertThat(program.isAlive()).isTrue();
        byte[] received = client.receiveAll();
        assertThat(received)
            .as(backend)
            .isNotEmpty()
            .isEqualTo(Arrays.copyOf(sent, received.length));
        assertThat(program.exitStatus()).isZero();
      }
    }
  }

  @Test
  void aConnectionStillServedWhenTheGraceIsOverIsCutOffAndThatIsSaid() throws Exception {
    try (Program program = start(List.of("--grace=100ms", "--write-timeout=0"));
        Client client = Client.connect(program.port())) {
      client.sendUntilTheServerIsStuck();
      program.signal("TERM");
      assertThat(program.exitStatus()).isZero();
      assertThat(program.errors()).contains("echo: cut off 1 connection");
    }
  }

  @Test
  void aSecondCtrlCEndsAtOnce() throws Exception {
    try (Program program = start(List.of("--grace=1h", "--write-timeout=0"));
        Client client = Client.connect(program.port())) {
      client.sendUntilTheServerIsStuck();
      program.signal("INT");
      program.awaitError(line -> line.contains("draining 1 connection within 1h"));
      assertThat(program.isAlive()).isTrue();
      program.signal("INT");
      assertThat(program.exitStatus()).isEqualTo(130);
    }
  }

  @Test
  void withoutConnectionsItJustEnds() throws Exception {
    try (Program program = start(List.of())) {
      program.port();
      program.signal("INT");
      assertThat(program.exitStatus()).isZero();
      assertThat(program.errors()).containsExactly("echo: ending; no connections are open");
    }
  }

  @Test
  void statisticsArePrintedLineByLineWhereNobodyWatches() throws Exception {
    try (Program program = start(List.of("--stats=100ms"));
        Client client = Client.connect(program.port())) {
      client.assertEcho("hello");
      String line = program.awaitError(stats -> stats.startsWith("conn=1/1 "));
      assertThat(line).matches(STATS);
      program.signal("TERM");
      assertThat(program.exitStatus()).isZero();
      assertThat(program.errors())
          .filteredOn(each -> !each.startsWith("echo: "))
          .allSatisfy(each -> assertThat(each).matches(STATS));
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aPeerThatVanishesIsNoWarning(List<String> engine) throws Exception {
    try (Program program = start(engine, "--log-level=debug")) {
      int port = program.port();
      for (int i = 0; i < 10; i++) {
        Client client = Client.connect(port);
        client.assertEcho("hello");
        client.reset();
      }
      program.awaitError(line -> line.contains("DEBUG") && line.contains("127.0.0.1"));
      program.signal("TERM");
      assertThat(program.exitStatus()).isZero();
      assertThat(program.errors())
          .noneMatch(line -> line.contains(" WARNING ") || line.contains(" ERROR "));
    }
  }
}
