package dev.heddle.launcher;

import java.io.IOException;
import java.net.BindException;
import java.util.Locale;

/// Says in a line why a server could not listen, and what to do.
final class ListenFailure {
  private ListenFailure() {}

  /// @param failure a [BindException] begins with the address
  static LaunchException explain(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    int colon = message.indexOf(": ");
    if (!(failure instanceof BindException) || colon < 0) {
      return LaunchException.environment("can't start: " + message);
    }
    String address = message.substring(0, colon);
    String why = explain(message.substring(colon + 2), address.startsWith("unix:"));
    return LaunchException.environment("can't listen on %s: %s".formatted(address, why));
  }

  private static String explain(String message, boolean unix) {
    String cause = message.toLowerCase(Locale.ROOT);
    if (cause.contains("already in use")) {
      return "the port is taken; choose another by --port (0: any that is free)";
    }
    if (cause.contains("permission denied") && unix) {
      return "the directory is not yours to write to; choose another path";
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
