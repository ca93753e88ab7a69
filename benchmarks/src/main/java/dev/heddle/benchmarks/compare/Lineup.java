package dev.heddle.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Who is to compete: backends, each under the protocol's demo, and baselines.
///
/// @param modules the folder of the project, where the demos are
record Lineup(Path modules, List<String> backends, List<String> baselines) {
  /// Checks the names of the baselines.
  ///
  /// @throws IllegalArgumentException when no protocol has one of that name
  Lineup {
    for (String baseline : baselines) {
      if (!Protocols.baselineNames().contains(baseline)) {
        throw unknown("baseline", baseline, Protocols.baselineNames());
      }
    }
  }

  private static IllegalArgumentException unknown(String what, String name, List<String> known) {
    return new IllegalArgumentException(
        "no %s '%s': known are %s".formatted(what, name, String.join(", ", known)));
  }

  /// The protocols of these names, or if there are none, the usual ones that are built.
  ///
  /// @throws IllegalArgumentException when one is unknown
  List<Protocol> protocols(List<String> names) {
    if (names.isEmpty()) {
      return Protocols.ALL.stream().filter(Protocol::usual).filter(this::hasModule).toList();
    }
    return names.stream().map(Lineup::protocol).toList();
  }

  private static Protocol protocol(String name) {
    return Protocols.ALL.stream()
        .filter(protocol -> protocol.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> unknown("protocol", name, Protocols.ALL.stream().map(Protocol::name).toList()));
  }

  private boolean hasModule(Protocol protocol) {
    return Files.exists(modules.resolve(protocol.module()).resolve("pom.xml"));
  }

  /// All that speak a protocol.
  ///
  /// @throws IOException when the demo has not been built
  Competition of(Protocol protocol) throws IOException {
    List<Contender> contenders = new ArrayList<>();
    Class<?> subject = protocol.subject();
    if (!backends.isEmpty() && (subject != null || hasModule(protocol))) {
      List<String> program =
          subject == null ? Contender.program(jar(protocol)) : Contender.program(subject);
      backends.forEach(words -> contenders.add(Contender.backend(words, program)));
    }
    protocol
        .baselines()
        .forEach(
            (name, main) -> {
              if (baselines.contains(name)) {
                contenders.add(Contender.baseline(name, main));
              }
            });
    return new Competition(protocol.name(), protocol.url(), protocol.workload(), contenders);
  }

  private Path jar(Protocol protocol) throws IOException {
    Path jar = modules.resolve(protocol.module() + "/target/" + protocol.module() + ".jar");
    if (!Files.exists(jar)) {
      throw new IOException(
          "%s is missing: build it by ./heddle %s --help".formatted(jar, protocol.name()));
    }
    return jar;
  }

  /// A program of the user's, on each of the backends.
  Competition of(Path jar, String url) {
    List<Contender> contenders =
        backends.stream().map(words -> Contender.backend(words, Contender.program(jar))).toList();
    return new Competition(String.valueOf(jar.getFileName()), url, Workload.USUAL, contenders);
  }

  /// The folder of the project: above the jar or the classes that this program runs from, or else
  /// the working one.
  static Path findModules() {
    Path here = Path.of("").toAbsolutePath();
    Path from = here.resolve(System.getProperty("java.class.path").split(":", 2)[0]);
    for (Path folder = from; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("demo-echo/pom.xml"))) {
        return folder.normalize();
      }
    }
    return here;
  }
}
