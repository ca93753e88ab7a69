package dev.heddle.benchmarks.compare;

import dev.heddle.benchmarks.load.Target;
import java.util.List;

/// Servers that are to speak one protocol against one another.
///
/// @param url what to load, with `{port}` in place of the port
/// @param base the name of the one that the others are held against
record Competition(
    String protocol, String url, Workload workload, List<Contender> contenders, String base) {
  static final String PORT = "{port}";
  private static final String USUAL_BASE = "inline";

  /// The ceiling is the base where it takes part, or else the first is.
  ///
  /// @throws IllegalArgumentException when nobody takes part
  Competition(String protocol, String url, Workload workload, List<Contender> contenders) {
    this(protocol, url, workload, contenders, usualBase(protocol, contenders));
  }

  private static String usualBase(String protocol, List<Contender> contenders) {
    if (contenders.isEmpty()) {
      throw new IllegalArgumentException(
          "nothing to compare: no backend and no baseline speaks " + protocol);
    }
    boolean usual = contenders.stream().anyMatch(each -> each.name().equals(USUAL_BASE));
    return usual ? USUAL_BASE : contenders.getFirst().name();
  }

  /// The same against another base.
  ///
  /// @throws IllegalArgumentException when that does not take part
  Competition against(String other) {
    List<String> names = contenders.stream().map(Contender::name).toList();
    if (!names.contains(other)) {
      throw new IllegalArgumentException(
          "base '%s' does not take part in %s: %s do"
              .formatted(other, protocol, String.join(", ", names)));
    }
    return new Competition(protocol, url, workload, contenders, other);
  }

  /// The server at a port.
  ///
  /// @throws IllegalArgumentException when the URL is none
  Subject at(int port) {
    return new Subject(Target.parse(url.replace(PORT, Integer.toString(port))), workload);
  }
}
