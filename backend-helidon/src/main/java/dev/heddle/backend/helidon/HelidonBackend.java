package dev.heddle.backend.helidon;

import dev.heddle.Backend;
import dev.heddle.EngineOption;
import dev.heddle.ServerOptions;
import java.util.Set;

/// Helidon's listener, sockets and virtual threads under the handlers of this framework: accepting,
/// reading and writing are Helidon's; deadlines, drain, limits and observers are ours.
public final class HelidonBackend implements Backend {
  /// For [java.util.ServiceLoader].
  public HelidonBackend() {}

  @Override
  public String name() {
    return "helidon";
  }

  @Override
  public Set<EngineOption> engineOptions() {
    return Set.of();
  }

  @Override
  public Set<String> chattyLoggers() {
    return Set.of("io.helidon.");
  }

  @Override
  public Engine start(ServerOptions options) {
    return new HelidonEngine(options);
  }
}
