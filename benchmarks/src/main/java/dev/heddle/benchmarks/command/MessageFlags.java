package dev.heddle.benchmarks.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The flags for what a connection is sent.
@Command
public final class MessageFlags {
  @Option(
      names = "--payload",
      paramLabel = "BYTES",
      converter = Quantity.OfCount.class,
      description = "Bytes of a message (default: 64 for an echo, 125 for a WebSocket).")
  private @Nullable Integer payload;

  @Option(
      names = "--pipeline",
      paramLabel = "N",
      converter = Quantity.OfCount.class,
      defaultValue = "1",
      description = "Messages under way on a connection (default: ${DEFAULT-VALUE}).")
  private int pipeline;

  /// For picocli to fill.
  public MessageFlags() {}

  /// Bytes of a message; 0: as usual for the protocol.
  ///
  /// @throws IllegalArgumentException when it was given as 0
  public int payload() {
    if (payload == null) {
      return 0;
    }
    if (payload == 0) {
      throw new IllegalArgumentException("payload must be above 0");
    }
    return payload;
  }

  /// How many messages may be under way on a connection.
  public int pipeline() {
    return pipeline;
  }
}
