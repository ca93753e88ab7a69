/// The command line of a Heddle server: flags, start-up, shut-down, logs and statistics.
@org.jspecify.annotations.NullMarked
module dev.heddle.launcher {
  requires transitive dev.heddle;
  requires transitive info.picocli;
  requires jdk.management;
  requires jdk.unsupported;

  exports dev.heddle.launcher;

  opens dev.heddle.launcher to
      info.picocli;

  uses dev.heddle.Backend;

  provides System.LoggerFinder with
      dev.heddle.launcher.console.ConsoleLoggerFinder;
}
