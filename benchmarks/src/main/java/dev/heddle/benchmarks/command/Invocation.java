package dev.heddle.benchmarks.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// A command as somebody called it: where it prints, and how it says that it was called wrongly.
///
/// A mixin without flags.
@Command
public final class Invocation {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  /// Something that is read from what was given.
  ///
  /// @param <T> what it is read as
  public interface Reading<T> {
    /// Reads it.
    ///
    /// @throws IllegalArgumentException when it was given wrongly
    T read() throws IOException;
  }

  /// What `reading` returns.
  ///
  /// @throws ParameterException when it was given wrongly
  public <T> T checked(Reading<T> reading) throws IOException {
    try {
      return reading.read();
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(line(), String.valueOf(wrong.getMessage()));
    }
  }

  /// For results.
  public PrintWriter out() {
    return line().getOut();
  }

  /// For all else.
  public PrintWriter err() {
    return line().getErr();
  }

  /// Prints a line that is no result.
  public void tell(String line) {
    err().printf("%s: %s%n", line().getCommandName(), line);
    err().flush();
  }

  /// What was typed, from the name of the command on.
  public List<String> words() {
    CommandSpec root = line().getCommandSpec().root();
    return root.commandLine().getParseResult().originalArgs();
  }

  private CommandLine line() {
    if (command == null) {
      throw new IllegalStateException("a command runs by its command line only");
    }
    return command.commandLine();
  }
}
