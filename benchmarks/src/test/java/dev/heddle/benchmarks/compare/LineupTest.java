package dev.heddle.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.benchmarks.baselines.InlineEcho;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineupTest {
  private static final Protocol ECHO = Protocols.ALL.getFirst();

  @TempDir private Path modules;

  private Path demoJar() throws IOException {
    Path target = Files.createDirectories(modules.resolve("demo-echo/target"));
    Files.createFile(modules.resolve("demo-echo/pom.xml"));
    return Files.createFile(target.resolve("demo-echo.jar"));
  }

  @Test
  void runsBackendsInTheDemoAndBaselinesInThisJar() throws IOException {
    Path jar = demoJar();
    Competition competition =
        new Lineup(modules, List.of("virtual", "pool --threads=9"), List.of("inline")).of(ECHO);
    assertThat(competition.contenders())
        .extracting(Contender::name)
        .containsExactly("virtual", "pool threads=9", "inline");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    assertThat(competition.contenders().get(1).command(List.of("-Xmx1g"), 77))
        .containsExactly(
            java,
            "-Xmx1g",
            "-jar",
            jar.toString(),
            "--backend=pool",
            "--threads=9",
            "--host=127.0.0.1",
            "--port=77");
    assertThat(competition.contenders().get(2).command(List.of(), 78))
        .containsExactly(
            java,
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            InlineEcho.class.getName(),
            "--host=127.0.0.1",
            "--port=78");
    assertThat(competition.at(99).target()).hasToString("tcp://127.0.0.1:99");
    assertThat(competition.contenders().get(1).fileName()).isEqualTo("pool-threads-9");
  }

  @Test
  void leavesOutProtocolsWithoutADemoUnlessTheyAreAskedFor() throws IOException {
    demoJar();
    Lineup lineup = new Lineup(modules, List.of("virtual"), List.of("netty"));
    assertThat(lineup.protocols(List.of())).extracting(Protocol::name).containsExactly("echo");
    Files.createFile(Files.createDirectory(modules.resolve("demo-http")).resolve("pom.xml"));
    assertThat(lineup.protocols(List.of()))
        .extracting(Protocol::name)
        .containsExactly("echo", "http"); // and not HTTP's other workloads
    Protocol http = lineup.protocols(List.of("http")).getFirst();
    assertThat(lineup.of(http).contenders())
        .extracting(Contender::name)
        .containsExactly("virtual", "netty");
  }

  @Test
  void saysHowToBuildADemo() throws IOException {
    Files.createFile(Files.createDirectory(modules.resolve("demo-echo")).resolve("pom.xml"));
    assertThatThrownBy(() -> new Lineup(modules, List.of("virtual"), List.of()).of(ECHO))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("demo-echo.jar is missing: build it by ./heddle echo --help");
  }

  @Test
  void namesTheKnownOnesForAnUnknownName() {
    Lineup lineup = new Lineup(modules, List.of(), List.of());
    assertThatThrownBy(() -> lineup.protocols(List.of("ftp")))
        .hasMessage(
            "no protocol 'ftp': known are echo, http, http-browser, http-varying, http-post,"
                + " http-download, http-sleep, ws");
    assertThatThrownBy(() -> new Lineup(modules, List.of(), List.of("tomcat")))
        .hasMessage(
            "no baseline 'tomcat': known are inline, netty, jdk, helidon-stack, jetty, vertx");
  }

  @Test
  void runsAJarOfTheUserOnEveryBackend() {
    Competition competition =
        new Lineup(modules, List.of("virtual", "selector"), List.of())
            .of(Path.of("x/my-app.jar"), "http://127.0.0.1:{port}/path?q={port}");
    assertThat(competition.protocol()).isEqualTo("my-app.jar");
    assertThat(competition.contenders()).hasSize(2);
    assertThat(competition.at(8080).target()).hasToString("http://127.0.0.1:8080/path?q=8080");
  }
}
