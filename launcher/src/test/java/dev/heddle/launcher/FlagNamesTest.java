package dev.heddle.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class FlagNamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "loops is -1: expected x | --loops is -1: expected x",
        "maxConnectionsPerAddress is 0 | --max-connections-per-address is 0",
        "noDelay is 0 | --tcp-nodelay is 0",
        "quickAck is 0 | --tcp-quickack is 0",
        "keepIdle is 0 | --keep-idle is 0",
        "option 'loopStallWarning' means nothing | --loop-stall-warning means nothing",
        "option 'spin' means nothing | option 'spin' means nothing",
        "this is not about options | this is not about options",
        "carrier 'loop' or carrier 'auto' | --carrier=loop or --carrier=auto",
        "selector provider 'poll' is closed | --selector-provider=poll is closed",
      })
  void optionsAreCalledByTheirFlags(String message, String expected) {
    CommandLine line = new CommandLine(new ServerFlagsTest.Program());
    assertThat(FlagNames.translate(message, line.getCommandSpec())).isEqualTo(expected);
  }
}
