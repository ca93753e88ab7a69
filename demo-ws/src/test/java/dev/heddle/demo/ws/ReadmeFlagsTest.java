package dev.heddle.demo.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.launcher.ForwardedFlags;
import dev.heddle.launcher.program.ReadmeFlags;
import java.io.IOException;
import java.lang.reflect.Member;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class ReadmeFlagsTest {
  /// Whether it is not one of those that every server has.
  private static boolean isOwn(OptionSpec option) {
    Class<?> declaring = ((Member) option.userObject()).getDeclaringClass();
    return declaring.getPackage().equals(WsDemo.class.getPackage())
        || declaring.equals(ForwardedFlags.class);
  }

  @Test
  void theReadmesTableNamesTheFlagsOfThisServer() throws IOException {
    CommandLine line = new CommandLine(new WsDemo());
    assertThat(line.getCommandSpec().options().stream().filter(ReadmeFlagsTest::isOwn))
        .extracting(OptionSpec::longestName)
        .containsExactlyInAnyOrderElementsOf(ReadmeFlags.ofOnly("ws"));
  }
}
