package dev.heddle.launcher;

import dev.heddle.Peer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Locale;

/// Says in a line why a server could not listen, and what to do.
final class ListenFailure {
  private ListenFailure() {}

  static LaunchException explain(InetSocketAddress address, IOException failure) {
    String message = String.valueOf(failure.getMessage());
    if (!(failure instanceof BindException)) {
      return LaunchException.environment("can't start: " + message);
    }
    return LaunchException.environment(
        "can't listen on %s: %s".formatted(Peer.format(address), explain(message)));
  }

  private static String explain(String message) {
    String cause = message.toLowerCase(Locale.ROOT);
    if (cause.contains("already in use")) {
      return "the port is taken; choose another by --port (0: any that is free)";
    }
    if (cause.contains("permission denied")) {
      return "the port needs privileges; choose one from 1024 by --port";
    }
    if (cause.contains("cannot assign") || cause.contains("can't assign")) {
      return "this machine does not have the address; choose one by --host (0.0.0.0: all)";
    }
    return message;
  }
}
