package dev.heddle.benchmarks.compare;

import dev.heddle.benchmarks.load.Target;
import java.util.List;

/// Servers that are to speak one protocol against one another.
///
/// @param url what to load, with `{port}` in place of the port
record Competition(String protocol, String url, List<Contender> contenders) {
  static final String PORT = "{port}";

  /// Where the server at a port is.
  ///
  /// @throws IllegalArgumentException when the URL is none
  Target target(int port) {
    return Target.parse(url.replace(PORT, Integer.toString(port)));
  }
}
