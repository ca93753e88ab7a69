package dev.heddle.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;

/// What becomes of each flag on Helidon's listener is told in a table, of every flag there is.
class HelidonDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/helidon.md");
  private static final Pattern FLAG = Pattern.compile("--[a-z-]+");

  @Command(name = "program")
  static final class Program implements Runnable {
    @Mixin final ServerFlags flags = ServerFlags.withPort(9000);

    @Override
    public void run() {}
  }

  static Stream<String> flags() {
    return new CommandLine(new Program())
        .getCommandSpec().options().stream().map(OptionSpec::longestName);
  }

  /// The flags in the first column of its table.
  private static Set<String> told() throws IOException {
    try (Stream<String> lines = Files.lines(DOCUMENT)) {
      return lines
          .filter(line -> line.startsWith("| `--"))
          .map(line -> line.split("\\|", -1)[1])
          .flatMap(cell -> FLAG.matcher(cell).results().map(MatchResult::group))
          .collect(Collectors.toSet());
    }
  }

  @ParameterizedTest
  @MethodSource("flags")
  void aFlagIsInTheTable(String flag) throws IOException {
    assertThat(told()).contains(flag);
  }

  @Test
  void theTableHasNoOther() throws IOException {
    assertThat(told()).isSubsetOf(flags().collect(Collectors.toSet()));
  }
}
