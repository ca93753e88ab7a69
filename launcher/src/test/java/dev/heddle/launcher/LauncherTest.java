package dev.heddle.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A program with flags of its own.
class LauncherTest {
  @Command(name = "chat", description = "Talks.")
  static final class Chat implements Callable<Integer> {
    @Mixin final ServerFlags flags = ServerFlags.withPort(7000);

    @Option(names = "--pause", paramLabel = "<time>", description = "Between words")
    Duration pause = Duration.ofSeconds(2);

    @Parameters(arity = "0..1", paramLabel = "<room>", description = "Where")
    int room;

    @Override
    public Integer call() throws IOException {
      return switch (room) {
        case 0 -> Launcher.OK;
        case 1 -> throw new FileNotFoundException("no such\n  room");
        default -> throw LaunchException.usage("no such room");
      };
    }
  }

  private final Chat chat = new Chat();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int execute(Map<String, String> environment, String... args) {
    CommandLine line = new CommandLine(chat);
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return Launcher.configure(line, new Defaults(environment, ConfigFile.NONE)).execute(args);
  }

  @Test
  void flagsOfItsOwnAreReadAsTheOthersAre() {
    assertThat(execute(Map.of(), "--pause=1m", "--backend=selector")).isEqualTo(Launcher.OK);
    assertThat(chat.pause).isEqualTo(Duration.ofMinutes(1));
    assertThat(chat.flags.options().backend()).isEqualTo("selector");
  }

  @Test
  void flagsOfItsOwnComeFromTheEnvironmentToo() {
    assertThat(execute(Map.of("HEDDLE_PAUSE", "3s"))).isEqualTo(Launcher.OK);
    assertThat(chat.pause).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void flagsOfItsOwnComeFirstInTheHelp() {
    assertThat(execute(Map.of(), "--help")).isEqualTo(Launcher.OK);
    assertThat(out.toString())
        .startsWith("Usage: chat ")
        .contains("Talks.")
        .containsSubsequence(
            "Options",
            "--pause=<time>",
            "Between words",
            "Engine",
            "Listener",
            "Behind proxies",
            "Limits",
            "Time",
            "Sockets",
            "Operations",
            "Output",
            "Other");
    assertThat(out.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
  }

  @Test
  void theHelpShowsDefaultsAsTheyAreWritten() {
    execute(Map.of(), "--help");
    assertThat(out.toString().replaceAll("\\s+", " "))
        .contains("(default 7000)", "(default 5m)", "(default auto)", "(default true)")
        .contains("HEDDLE_MAX_CONNECTIONS=100");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--pause=x     | --pause is 'x': expected a time such as 500ms, 5s, 2m, 1h or 0",
        "--port        | --port is missing: expected --port=<n>",
        "--puase=1s    | unknown flag '--puase': did you mean --pause?",
        "--xyzzy       | unknown flag '--xyzzy': see --help",
        "0 1           | unknown argument '1': see --help",
        "x             | <room> is 'x': expected a whole number from 0",
        "--port=1 --port=2 | --port is given twice",
        "2             | no such room",
      })
  void whatIsWrongIsToldInOneLine(String args, String message) {
    assertThat(execute(Map.of(), args.split(" "))).isEqualTo(Launcher.USAGE);
    assertThat(err.toString().lines()).containsExactly("chat: " + message);
  }

  @Test
  void aVariableThatIsWrongIsToldByItsName() {
    assertThat(execute(Map.of("HEDDLE_PAUSE", "x"))).isEqualTo(Launcher.USAGE);
    assertThat(err.toString())
        .startsWith("chat: HEDDLE_PAUSE is 'x': expected a time")
        .hasLineCount(1);
  }

  @Test
  void whatTheFrameworkRefusesIsToldByTheNameOfTheVariableItIsFrom() {
    execute(Map.of("HEDDLE_LOOPS", "5000"));
    assertThatThrownBy(() -> chat.flags.options())
        .hasMessage("HEDDLE_LOOPS is 5000: expected a number from 0 to 1024");
  }

  @Test
  void anIoExceptionIsToldInOneLineToo() {
    assertThat(execute(Map.of(), "1")).isEqualTo(Launcher.ENVIRONMENT);
    assertThat(err.toString().lines()).containsExactly("chat: no such room");
  }
}
