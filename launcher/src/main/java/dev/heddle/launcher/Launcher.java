package dev.heddle.launcher;

import dev.heddle.ConnectionHandler;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

/// Makes a program of a handler: flags, help, start-up line, draining on SIGTERM, statistics.
///
/// ```java
/// static void main(String[] args) {
///   Launcher.named("echo")
///       .describedAs("Sends back what it gets.")
///       .defaultPort(9000)
///       .serve(c -> c.input().transferTo(c.output()))
///       .run(args);
/// }
/// ```
///
/// A program with flags of its own is a picocli command that mixes in [ServerFlags], started by
/// [#execute(Object, String\[\])]. Its flags, too, may then come from the environment and the
/// configuration file.
///
/// Threading: for one thread.
public final class Launcher {
  /// Exit status: done, or drained.
  public static final int OK = 0;

  /// Exit status: something in the environment is in the way, such as a port that is taken.
  public static final int ENVIRONMENT = 1;

  /// Exit status: the command line, the environment's variables or the configuration file are
  /// wrong.
  public static final int USAGE = 2;

  private final String name;
  private String description = "";
  private int port;
  private @Nullable ConnectionHandler handler;

  private Launcher(String name) {
    this.name = name;
  }

  /// A program that has nothing to serve yet.
  ///
  /// @param name of the program, for its help and messages
  public static Launcher named(String name) {
    return new Launcher(name);
  }

  /// What the program does, in a sentence, for its help.
  public Launcher describedAs(String sentence) {
    description = sentence;
    return this;
  }

  /// The port unless `--port` says otherwise. Zero, any that is free, if this is not called.
  public Launcher defaultPort(int number) {
    port = number;
    return this;
  }

  /// What to serve.
  public Launcher serve(ConnectionHandler value) {
    handler = value;
    return this;
  }

  /// Runs the program until it is told to end, and exits the JVM with its status.
  ///
  /// @throws IllegalStateException if it has nothing to serve
  public void run(String... args) {
    if (handler == null) {
      throw new IllegalStateException("nothing to serve: call serve(...) before run(...)");
    }
    HandlerCommand command = new HandlerCommand(handler, port);
    CommandSpec spec = CommandSpec.forAnnotatedObject(command).name(name);
    if (!description.isEmpty()) {
      spec.usageMessage().description(description);
    }
    System.exit(execute(spec, args));
  }

  /// Runs a picocli command, by its [Callable] or [Runnable] side, with what this package adds:
  /// defaults from the environment and the configuration file, help in sections, and errors told in
  /// one line.
  ///
  /// @param command annotated with [Command], or a [CommandSpec]; usually it mixes in [ServerFlags]
  /// @return the exit status
  public static int execute(Object command, String[] args) {
    CommandLine line = new CommandLine(command);
    try {
      Defaults defaults = Defaults.read(System.getenv(), args);
      defaults.check(line.getCommandSpec());
      return configure(line, defaults).execute(args);
    } catch (LaunchException e) {
      return tell(line, e.getMessage(), e.exitStatus());
    }
  }

  static CommandLine configure(CommandLine line, Defaults defaults) {
    Converters.register(line);
    line.setDefaultValueProvider(defaults);
    line.setUsageHelpWidth(HelpSections.WIDTH);
    HelpSections.install(line.getCommandSpec());
    line.setParameterExceptionHandler(
        (wrong, args) ->
            tell(wrong.getCommandLine(), UsageMessages.describe(wrong, defaults), USAGE));
    line.setExecutionExceptionHandler(
        (failure, failed, parsed) ->
            switch (failure) {
              case LaunchException e -> tell(failed, e.getMessage(), e.exitStatus());
              case IOException e -> tell(failed, String.valueOf(e.getMessage()), ENVIRONMENT);
              default -> throw failure;
            });
    return line;
  }

  private static int tell(CommandLine line, @Nullable String message, int status) {
    String oneLine = String.valueOf(message).replaceAll("\\s*\\R\\s*", " ");
    line.getErr().println(line.getCommandName() + ": " + oneLine);
    return status;
  }

  /// The command of a program without flags of its own.
  @Command
  private static final class HandlerCommand implements Callable<Integer> {
    private final ConnectionHandler handler;

    @Mixin private final ServerFlags flags;

    HandlerCommand(ConnectionHandler handler, int port) {
      this.handler = handler;
      this.flags = ServerFlags.withPort(port);
    }

    @Override
    public Integer call() throws InterruptedException {
      return flags.serve(handler);
    }
  }
}
