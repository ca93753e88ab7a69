package dev.heddle.benchmarks.compare;

import java.util.List;
import java.util.Map;

/// A protocol to compare servers by. To add one, write one of these and name it in [#ALL].
interface Protocol {
  /// All that are known, in the order in which they are measured.
  List<Protocol> ALL = List.of(new EchoProtocol(), new HttpProtocol(), new WsProtocol());

  /// The names of all baselines.
  static List<String> baselineNames() {
    return ALL.stream()
        .flatMap(protocol -> protocol.baselines().keySet().stream())
        .distinct()
        .toList();
  }

  /// What `--protocol` calls it.
  String name();

  /// What the generator is pointed to, with `{port}` in place of the port.
  String url();

  /// The module whose jar speaks it on any backend.
  String demo();

  /// What that jar is told beside the backend.
  List<String> demoFlags();

  /// The other servers that speak it, by name, in the order in which they are shown.
  Map<String, Class<?>> baselines();
}
