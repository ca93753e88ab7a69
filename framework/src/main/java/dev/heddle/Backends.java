package dev.heddle;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The backends that [ServiceLoader] finds.
final class Backends {
  private Backends() {}

  /// The names of all, sorted.
  static List<String> names() {
    return List.copyOf(all().keySet());
  }

  /// The backend that the options name, if it has all that they ask for.
  ///
  /// @throws IllegalArgumentException naming the known backends, or the option it lacks
  static Backend choose(ServerOptions options) {
    Map<String, Backend> all = all();
    Backend backend = all.get(options.backend());
    if (backend == null) {
      throw new IllegalArgumentException(
          "unknown backend '" + options.backend() + "': expected one of " + all.keySet());
    }
    for (EngineOption option : EngineOption.values()) {
      if (option.isSet(options) && !backend.engineOptions().contains(option)) {
        throw new IllegalArgumentException(refusal(option, backend, all));
      }
    }
    return backend;
  }

  private static String refusal(EngineOption option, Backend backend, Map<String, Backend> all) {
    String others =
        all.values().stream()
            .filter(other -> other.engineOptions().contains(option))
            .map(Backend::name)
            .collect(Collectors.joining(", "));
    return "option '%s' means nothing to backend '%s': leave it out, or choose %s"
        .formatted(option.optionName(), backend.name(), others);
  }

  private static Map<String, Backend> all() {
    Map<String, Backend> found = new TreeMap<>();
    for (Backend backend : ServiceLoader.load(Backend.class)) {
      found.putIfAbsent(backend.name(), backend);
    }
    return found;
  }
}
