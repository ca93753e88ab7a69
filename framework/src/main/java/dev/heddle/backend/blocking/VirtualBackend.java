package dev.heddle.backend.blocking;

import dev.heddle.Backend;
import dev.heddle.Carrier;
import dev.heddle.EngineOption;
import dev.heddle.ServerOptions;
import dev.heddle.backend.JdkInternals;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/// A virtual thread a connection, on the JDK's scheduler and poller. Where its internals are open,
/// the poller's own thread carries those it wakes while there is little load.
public final class VirtualBackend implements Backend {
  @Override
  public String name() {
    return "virtual";
  }

  @Override
  public Set<EngineOption> engineOptions() {
    return Set.of(EngineOption.CARRIER);
  }

  @Override
  public Engine start(ServerOptions options) {
    PollerCarrier carrier = carrier(options.carrier());
    Turns turns = new Turns(carrier == null ? List.of() : carrier.pollers());
    ThreadFactory threads =
        carrier == null
            ? Thread.ofVirtual().inheritInheritableThreadLocals(false).factory()
            : carrier.threads();
    turns.start();
    return new BlockingEngine(
        options,
        carrier == null ? "carrier scheduler" : "carrier poller",
        carrier == null
            ? channel -> new VirtualTransport(channel, turns, threads)
            : channel -> new PolledTransport(channel, turns, threads),
        service -> threads.newThread(service).start(),
        turns::close);
  }

  private static @Nullable PollerCarrier carrier(Carrier asked) {
    return switch (asked) {
      case SCHEDULER -> null;
      case AUTO -> PollerCarrier.start();
      case POLLER -> {
        PollerCarrier carrier = PollerCarrier.start();
        if (carrier == null) {
          throw new IllegalArgumentException(whyNotThePoller());
        }
        yield carrier;
      }
      case LOOP ->
          throw new IllegalArgumentException(
              "carrier: backend 'virtual' has no loops; choose carrier 'poller' or carrier"
                  + " 'scheduler', or backend 'selector'");
    };
  }

  private static String whyNotThePoller() {
    return JdkInternals.pollersAreOpen()
        ? "carrier: 'poller' needs the JDK's poller on threads of the system; start the JVM with"
            + " -Djdk.pollerMode=1, or choose carrier 'scheduler'"
        : "carrier: 'poller' needs internals of the JDK; start the JVM with "
            + JdkInternals.howToOpenPollers()
            + ", or choose carrier 'scheduler'";
  }
}
