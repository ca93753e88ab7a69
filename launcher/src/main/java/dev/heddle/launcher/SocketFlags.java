package dev.heddle.launcher;

import dev.heddle.SocketOptions;
import java.time.Duration;
import picocli.CommandLine.Option;

/// What is set on sockets.
final class SocketFlags {
  private static final SocketOptions DEFAULT = SocketOptions.DEFAULT;

  @Option(
      names = "--reuse-address",
      negatable = true,
      fallbackValue = "true",
      description = "Bind although old connections linger (default ${DEFAULT-VALUE})")
  boolean reuseAddress = DEFAULT.reuseAddress();

  @Option(
      names = "--reuse-port",
      negatable = true,
      fallbackValue = "true",
      description = "Share the port with other processes (default ${DEFAULT-VALUE})")
  boolean reusePort = DEFAULT.reusePort();

  @Option(
      names = "--tcp-nodelay",
      negatable = true,
      fallbackValue = "true",
      description = "Send small writes at once (default ${DEFAULT-VALUE})")
  boolean tcpNodelay = DEFAULT.noDelay();

  @Option(
      names = "--tcp-quickack",
      negatable = true,
      fallbackValue = "true",
      description = "Acknowledge at once for a start (default ${DEFAULT-VALUE})")
  boolean tcpQuickack = DEFAULT.quickAck();

  @Option(
      names = "--keep-alive",
      negatable = true,
      fallbackValue = "true",
      description = "Probe silent peers (default ${DEFAULT-VALUE})")
  boolean keepAlive = DEFAULT.keepAlive();

  @Option(
      names = "--keep-idle",
      paramLabel = "<time>",
      converter = SecondsConverter.class,
      description = "Silence before the first probe; 0: the system's (default ${DEFAULT-VALUE})")
  Duration keepIdle = DEFAULT.keepIdle();

  @Option(
      names = "--keep-interval",
      paramLabel = "<time>",
      converter = SecondsConverter.class,
      description = "Time between probes; 0: the system's (default ${DEFAULT-VALUE})")
  Duration keepInterval = DEFAULT.keepInterval();

  @Option(
      names = "--keep-count",
      paramLabel = "<n>",
      description =
          "Unanswered probes that end a connection; 0: the system's (default ${DEFAULT-VALUE})")
  int keepCount = DEFAULT.keepCount();

  @Option(
      names = "--receive-buffer",
      paramLabel = "<size>",
      converter = SizeConverter.class,
      description = "The kernel's, per connection; 0: the system's (default ${DEFAULT-VALUE})")
  int receiveBuffer = DEFAULT.receiveBuffer();

  @Option(
      names = "--send-buffer",
      paramLabel = "<size>",
      converter = SizeConverter.class,
      description = "The kernel's, per connection; 0: the system's (default ${DEFAULT-VALUE})")
  int sendBuffer = DEFAULT.sendBuffer();

  void apply(SocketOptions.Builder options) {
    options
        .reuseAddress(reuseAddress)
        .reusePort(reusePort)
        .noDelay(tcpNodelay)
        .quickAck(tcpQuickack)
        .keepAlive(keepAlive)
        .keepIdle(keepIdle)
        .keepInterval(keepInterval)
        .keepCount(keepCount)
        .receiveBuffer(receiveBuffer)
        .sendBuffer(sendBuffer);
  }
}
