package dev.heddle.launcher;

import dev.heddle.Rate;
import dev.heddle.ServerOptions;
import picocli.CommandLine.Option;

/// How much is let in.
final class LimitFlags {
  @Option(
      names = "--max-connections",
      paramLabel = "<n>",
      description = "Open at a time; 0: as many as descriptors allow (default ${DEFAULT-VALUE})")
  int maxConnections = ServerOptions.DEFAULT.maxConnections();

  @Option(
      names = "--max-connections-per-address",
      paramLabel = "<n>",
      description =
          "Open at a time from one address, or one /64 of IPv6; 0: no limit (default"
              + " ${DEFAULT-VALUE})")
  int maxConnectionsPerAddress = ServerOptions.DEFAULT.maxConnectionsPerAddress();

  @Option(
      names = "--max-connection-rate-per-address",
      paramLabel = "<rate>",
      description =
          "How often one address, or one /64 of IPv6, may connect, as 100/s (default any)")
  Rate maxConnectionRatePerAddress = ServerOptions.DEFAULT.maxConnectionRatePerAddress();

  void apply(ServerOptions.Builder options) {
    options
        .maxConnections(maxConnections)
        .maxConnectionsPerAddress(maxConnectionsPerAddress)
        .maxConnectionRatePerAddress(maxConnectionRatePerAddress);
  }
}
