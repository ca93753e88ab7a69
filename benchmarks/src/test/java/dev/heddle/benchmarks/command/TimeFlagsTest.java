package dev.heddle.benchmarks.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.benchmarks.CommandRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Three commands share these flags; what holds where they are not given, each says itself.
class TimeFlagsTest {
  @ParameterizedTest
  @CsvSource({
    "load,           10s, 2s,  5s",
    "load broadcast, 10s, 5s,  10s",
    "soak,           1h,  30s, 15s"
  })
  void eachCommandTellsItsOwnDefaults(
      String command, String duration, String warmUp, String timeout) {
    assertThat(CommandRun.of((command + " --help").split(" ")).out().replaceAll("\\s+", " "))
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
      assertThat(CommandRun.of((arguments + " --" + flag + "=0").split(" ")))
          .isEqualTo(
              new CommandRun(2, "", command + ": " + flag + " must be above 0 (see --help)\n"));
    }
  }
}
