package dev.heddle.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.benchmarks.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `compare` used wrongly. That it measures is shown by [CompareIT].
class CompareCommandTest {
  private static CommandRun run(String... arguments) {
    return CommandRun.of(
        Stream.concat(Stream.of("compare"), Stream.of(arguments)).toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --protocol=ftp                  | no protocol 'ftp': known are echo, http, http-browser
          --baselines=tomcat              | no baseline 'tomcat': known are inline, netty, jdk, helidon-stack, jetty, vertx
          --backends=none --baselines=none| nothing to compare
          --base=x --backends=none        | base 'x' does not take part in echo: inline, netty do
          --pin=x --backends=none         | pin must be auto, none, or processors
          --connections=0 --backends=none | connections must be from 1 to 1000000, not 0
          --payload=0 --backends=none     | payload must be above 0
          --rounds=0                      | rounds must be at least 1
          --rounds=many                   | 'many' is not one of the form 64, 10k, 1m
          --duration=0                    | duration must be above 0
          --duration=1y                   | '1y' is not one of the form 500ms, 5s, 2m
          --rate=0                        | rate must be above 0
          --idle-connections=1            | idle-connections must be 0, or at least 10
          --url=http://h/                 | --url goes with --jar
          --quick --thorough              | mutually exclusive
          """)
  void exitsBy2AndOneLineWhenUsedWrongly(String arguments, String message) {
    CommandRun result = run((arguments + " --protocol=echo").split(" +"));
    assertThat(result.err()).startsWith("compare: ").contains(message).endsWith(" (see --help)\n");
    assertThat(result.err().lines()).hasSize(1);
    assertThat(result.exitCode()).isEqualTo(2);
  }

  @Test
  void needsAUrlForAJar(@TempDir Path folder) throws IOException {
    Path jar = Files.createFile(folder.resolve("app.jar"));
    assertThat(run("--jar=" + jar).err()).contains("--jar needs a --url with {port} in it");
    assertThat(run("--jar=" + jar, "--url=ftp://h:{port}").err())
        .contains("unknown protocol ftp://");
  }

  @Test
  void exitsBy1WhenTheJarCannotBeRead() {
    CommandRun result = run("--jar=nosuch.jar", "--url=tcp://127.0.0.1:{port}");
    assertThat(result).isEqualTo(new CommandRun(1, "", "compare: cannot read nosuch.jar\n"));
  }
}
