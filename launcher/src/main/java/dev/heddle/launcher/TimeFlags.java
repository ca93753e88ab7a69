package dev.heddle.launcher;

import dev.heddle.ServerOptions;
import java.time.Duration;
import picocli.CommandLine.Option;

/// How long things may take.
final class TimeFlags {
  private static final ServerOptions DEFAULT = ServerOptions.DEFAULT;

  @Option(
      names = "--idle-timeout",
      paramLabel = "<time>",
      description = "How long a peer may be silent; 0: for ever (default ${DEFAULT-VALUE})")
  Duration idleTimeout = DEFAULT.idleTimeout();

  @Option(
      names = "--write-timeout",
      paramLabel = "<time>",
      description =
          "How long a peer may accept no bytes while some wait for it; 0: for ever (default"
              + " ${DEFAULT-VALUE})")
  Duration writeTimeout = DEFAULT.writeTimeout();

  @Option(
      names = "--connection-timeout",
      paramLabel = "<time>",
      description = "How long a connection may last; 0: for ever (default ${DEFAULT-VALUE})")
  Duration connectionTimeout = DEFAULT.connectionTimeout();

  @Option(
      names = "--drain-delay",
      paramLabel = "<time>",
      description =
          "How long a server that was told to end still accepts, while /health/ready says no"
              + " (default ${DEFAULT-VALUE})")
  Duration drainDelay = DEFAULT.drainDelay();

  @Option(
      names = "--grace",
      paramLabel = "<time>",
      description =
          "How long a server that was told to end waits for connections at work (default"
              + " ${DEFAULT-VALUE})")
  Duration grace = DEFAULT.grace();

  void apply(ServerOptions.Builder options) {
    options
        .idleTimeout(idleTimeout)
        .writeTimeout(writeTimeout)
        .connectionTimeout(connectionTimeout)
        .drainDelay(drainDelay)
        .grace(grace);
  }
}
