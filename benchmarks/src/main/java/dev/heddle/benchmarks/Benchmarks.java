package dev.heddle.benchmarks;

import dev.heddle.benchmarks.compare.CompareCommand;
import dev.heddle.benchmarks.doctor.DoctorCommand;
import dev.heddle.benchmarks.load.LoadCommand;
import dev.heddle.benchmarks.soak.SoakCommand;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/// The command line of everything that measures.
@Command(
    name = "heddle",
    mixinStandardHelpOptions = true,
    description = "Measures servers.",
    subcommands = {CompareCommand.class, DoctorCommand.class, LoadCommand.class, SoakCommand.class})
public final class Benchmarks implements Runnable {
  private static final int ENVIRONMENT = 1;
  private static final int USAGE = 2;

  @Override
  public void run() {
    throw new ParameterException(new CommandLine(this), "a command is missing, such as load");
  }

  /// Runs one command and exits: 0 done, 1 something in the way, 2 used wrongly.
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /// The commands, with errors told in one line on stderr.
  public static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Benchmarks());
    line.setParameterExceptionHandler(
        (wrong, _) -> {
          CommandLine command = wrong.getCommandLine();
          command
              .getErr()
              .printf("%s: %s (see --help)%n", command.getCommandName(), wrong.getMessage());
          return USAGE;
        });
    line.setExecutionExceptionHandler(
        (failure, command, _) -> {
          if (failure instanceof IOException) {
            command.getErr().printf("%s: %s%n", command.getCommandName(), failure.getMessage());
            return ENVIRONMENT;
          }
          throw failure;
        });
    return line;
  }
}
