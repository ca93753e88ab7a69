package dev.heddle.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;

/// The protocols that are known.
final class Protocols {
  /// In the order in which they are measured.
  static final List<Protocol> ALL = all();

  private Protocols() {}

  private static List<Protocol> all() {
    List<Protocol> all = new ArrayList<>();
    all.add(new EchoProtocol());
    all.addAll(HttpWorkloads.all());
    all.add(new WsProtocol());
    return List.copyOf(all);
  }

  /// The names of all baselines.
  static List<String> baselineNames() {
    return ALL.stream()
        .flatMap(protocol -> protocol.baselines().keySet().stream())
        .distinct()
        .toList();
  }
}
