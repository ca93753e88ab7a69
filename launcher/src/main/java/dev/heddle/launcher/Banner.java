package dev.heddle.launcher;

import dev.heddle.Peer;
import dev.heddle.Server;
import java.lang.management.ManagementFactory;
import java.util.stream.Collectors;

/// The line a server prints when it listens.
final class Banner {
  private static final int WIDTH = 80;

  private Banner() {}

  /// `heddle 1.0 | echo on 127.0.0.1:9000 | virtual | JDK 25 | ready in 180 ms`, with `| tls`
  /// behind the address where connections are encrypted.
  static String of(String name, Server server, boolean tls) {
    Version version = Version.current();
    long millis = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    return "heddle %s | %s on %s%s | %s | JDK %s | ready in %d ms"
        .formatted(
            version.heddle(),
            name,
            addresses(server),
            tls ? " | tls" : "",
            server.description(),
            version.jdk(),
            millis);
  }

  private static String addresses(Server server) {
    return server.localAddresses().stream().map(Peer::format).collect(Collectors.joining(", "));
  }

  /// The line for a terminal: broken before the part with which it would be too wide.
  static String wrapped(String line) {
    int bar = line.lastIndexOf(" | ", WIDTH - 2) + 2;
    return line.length() <= WIDTH || bar < 2
        ? line
        : line.substring(0, bar) + "\n " + line.substring(bar);
  }
}
