package dev.heddle.backend.blocking;

import dev.heddle.Backend;
import dev.heddle.EngineOption;
import dev.heddle.ServerOptions;
import dev.heddle.backend.BlockingTransport;
import java.util.Set;

/// A platform thread a connection: the model of the first servers, with a stack for each.
public final class PlatformBackend implements Backend {
  @Override
  public String name() {
    return "platform";
  }

  @Override
  public Set<EngineOption> engineOptions() {
    return Set.of();
  }

  @Override
  public Engine start(ServerOptions options) {
    Thread.Builder.OfPlatform threads =
        Thread.ofPlatform()
            .daemon()
            .name("heddle-connection-", 1)
            .inheritInheritableThreadLocals(false);
    return new BlockingEngine(options, "", BlockingTransport::new, threads::start, () -> {});
  }
}
