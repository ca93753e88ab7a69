package dev.heddle.benchmarks.compare;

import dev.heddle.benchmarks.load.Target;
import java.util.List;

/// Servers that are to speak one protocol against one another.
///
/// @param url what to load, with `{port}` in place of the port
record Competition(String protocol, String url, Workload workload, List<Contender> contenders) {
  static final String PORT = "{port}";

  /// The server at a port.
  ///
  /// @throws IllegalArgumentException when the URL is none
  Subject at(int port) {
    return new Subject(Target.parse(url.replace(PORT, Integer.toString(port))), workload);
  }
}
