package dev.heddle.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class DefaultsTest {
  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("echo.properties"), text);
  }

  /// Parses as a program does, and returns where it would listen.
  private static int port(Map<String, String> environment, String... args) {
    ServerFlagsTest.Program program = new ServerFlagsTest.Program();
    CommandLine line = new CommandLine(program);
    Defaults defaults = Defaults.read(environment, args);
    defaults.check(line.getCommandSpec());
    Launcher.configure(line, defaults).parseArgs(args);
    return program.flags.address().getPort();
  }

  @Test
  void theCommandLineWinsOverTheEnvironmentAndThatOverTheFile() throws IOException {
    String config = "--config=" + file("port=1");
    Map<String, String> environment = Map.of("HEDDLE_PORT", "2");
    assertThat(port(environment, config, "--port=3")).isEqualTo(3);
    assertThat(port(environment, config)).isEqualTo(2);
    assertThat(port(Map.of(), config)).isEqualTo(1);
    assertThat(port(Map.of())).isEqualTo(9000);
  }

  @Test
  void theFileIsNamedByEitherFormOfTheFlagOrByTheEnvironment() throws IOException {
    String config = file("port=1").toString();
    assertThat(port(Map.of(), "--config", config)).isEqualTo(1);
    assertThat(port(Map.of(), "--config=" + config)).isEqualTo(1);
    assertThat(port(Map.of("HEDDLE_CONFIG", config))).isEqualTo(1);
    assertThat(port(Map.of("HEDDLE_CONFIG", "missing"), "--config=" + config)).isEqualTo(1);
  }

  @Test
  void anEmptyVariableIsAsGoodAsNone() {
    assertThat(port(Map.of("HEDDLE_PORT", "", "HEDDLE_CONFIG", ""))).isEqualTo(9000);
  }

  @Test
  void variablesThatAreNoFlagsAreOthersBusiness() {
    Map<String, String> others = Map.of("HEDDLE_JVM_OPTIONS", "-Xmx1g", "HEDDLE_VERSION", "1.2");
    assertThat(port(others)).isEqualTo(9000);
  }

  @Test
  void whoAsksForHelpGetsItHoweverWrongTheRest() {
    Map<String, String> wrong = Map.of("HEDDLE_PORT", "x", "HEDDLE_CONFIG", "missing");
    assertThat(port(wrong, "--help")).isEqualTo(9000);
    assertThat(port(wrong, "--version")).isEqualTo(9000);
  }

  @ParameterizedTest
  @CsvSource({
    "prot=1, unknown key 'prot' in %s: did you mean 'port'?",
    "'max_connections=1', unknown key 'max_connections' in %s: did you mean 'max-connections'?",
    "--port=1, unknown key '--port' in %s: did you mean 'port'?",
    "xyzzy=1, 'unknown key ''xyzzy'' in %s: expected flags without their dashes: see --help'",
    "config=other, 'unknown key ''config'' in %s: expected flags without their dashes: see --help'",
    "help=true, 'unknown key ''help'' in %s: expected flags without their dashes: see --help'",
    "port=\\u00zz, '%s is not a properties file: Malformed \\uxxxx encoding.'",
  })
  void aFileThatMakesNoSenseIsRefusedByName(String text, String message) throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> port(Map.of(), "--config=" + file))
        .isInstanceOfSatisfying(
            LaunchException.class, e -> assertThat(e.exitStatus()).isEqualTo(Launcher.USAGE))
        .hasMessage(message.formatted(file));
  }

  @Test
  void aFileThatCannotBeReadIsTheEnvironmentsFault() throws IOException {
    Path latin1 = folder.resolve("latin1.properties");
    Files.write(latin1, "host=\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertUnreadable(latin1, "it is not UTF-8");
    assertUnreadable(folder.resolve("missing"), "no such file");
  }

  private static void assertUnreadable(Path file, String why) {
    assertThatThrownBy(() -> port(Map.of(), "--config=" + file))
        .isInstanceOfSatisfying(
            LaunchException.class, e -> assertThat(e.exitStatus()).isEqualTo(Launcher.ENVIRONMENT))
        .hasMessage("can't read %s: %s; expected a properties file".formatted(file, why));
  }
}
