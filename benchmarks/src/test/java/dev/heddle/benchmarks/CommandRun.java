package dev.heddle.benchmarks;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/// A command that was run within this process, and what it left behind.
///
/// @param out what it printed to its standard output
/// @param err what it printed to its standard error
public record CommandRun(int exitCode, String out, String err) {
  /// Runs a command as its user types it.
  public static CommandRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        Benchmarks.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int exitCode = line.execute(arguments);
    return new CommandRun(exitCode, out.toString(), err.toString());
  }
}
