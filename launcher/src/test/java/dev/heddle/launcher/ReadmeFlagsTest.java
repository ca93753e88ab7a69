package dev.heddle.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.launcher.program.ReadmeFlags;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class ReadmeFlagsTest {
  @Test
  void theReadmesTableNamesTheFlagsOfEveryServer() throws IOException {
    CommandLine line = new CommandLine(new ServerFlagsTest.Program());
    assertThat(line.getCommandSpec().options())
        .extracting(OptionSpec::longestName)
        .containsExactlyInAnyOrderElementsOf(ReadmeFlags.ofAll());
  }
}
