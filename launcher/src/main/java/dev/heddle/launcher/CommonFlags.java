package dev.heddle.launcher;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The flags of any program.
final class CommonFlags {
  /// Read by [Defaults] before the others are.
  @Option(
      names = Defaults.CONFIG_FLAG,
      paramLabel = "<file>",
      description = "A Java properties file with other flags")
  @Nullable String config;

  @Option(names = "--help", usageHelp = true, description = "Print this help and exit")
  boolean help;

  @Option(names = "--version", versionHelp = true, description = "Print the version and exit")
  boolean version;
}
