package dev.heddle.benchmarks.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.benchmarks.Benchmarks;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/// Three commands share these flags; what holds where they are not given, each says itself.
class TimeFlagsTest {
  private record Result(int exitCode, String out, String err) {}

  private static Result run(String arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        Benchmarks.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int exitCode = line.execute(arguments.split(" "));
    return new Result(exitCode, out.toString().replaceAll("\\s+", " "), err.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "load,           10s, 2s,  5s",
    "load broadcast, 10s, 5s,  10s",
    "soak,           1h,  30s, 15s"
  })
  void eachCommandTellsItsOwnDefaults(
      String command, String duration, String warmUp, String timeout) {
    assertThat(run(command + " --help").out)
        .contains(
            "How long to measure (default: " + duration + ")",
            "How long to do the same before that (default: " + warmUp + ")",
            "The longest wait for a connection or a reply (default: " + timeout + ")");
  }

  @ParameterizedTest
  @CsvSource({
    "load tcp://h:1,          load",
    "load broadcast ws://h:1, broadcast",
    "soak tcp://127.0.0.1:1 --pid=1, soak"
  })
  void noTimeAtAllIsRefusedWhereSomeIsNeeded(String arguments, String command) {
    for (String flag : new String[] {"duration", "timeout"}) {
      assertThat(run(arguments + " --" + flag + "=0"))
          .isEqualTo(new Result(2, "", command + ": " + flag + " must be above 0 (see --help)\n"));
    }
  }
}
