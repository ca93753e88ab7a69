package dev.heddle.backend.blocking;

import dev.heddle.Backend;
import dev.heddle.EngineOption;
import dev.heddle.ServerOptions;
import java.util.Set;

/// A virtual thread a connection, on the JDK's scheduler and poller: public API only.
public final class VirtualBackend implements Backend {
  @Override
  public String name() {
    return "virtual";
  }

  @Override
  public Set<EngineOption> engineOptions() {
    return Set.of();
  }

  @Override
  public Engine start(ServerOptions options) {
    Turns turns = new Turns();
    turns.start();
    return new BlockingEngine(
        options,
        "",
        channel -> new VirtualTransport(channel, turns),
        VirtualTransport::start,
        turns::close);
  }
}
