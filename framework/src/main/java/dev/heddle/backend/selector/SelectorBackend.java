package dev.heddle.backend.selector;

import dev.heddle.Backend;
import dev.heddle.Carrier;
import dev.heddle.EngineOption;
import dev.heddle.SelectorProviderKind;
import dev.heddle.ServerOptions;
import dev.heddle.backend.JdkInternals;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/// Event loops over the JDK's selectors, whose threads carry the virtual threads of their own
/// connections.
public final class SelectorBackend implements Backend {
  private static final Logger LOG = System.getLogger("dev.heddle.backend.selector");
  private static final AtomicBoolean SAID = new AtomicBoolean();

  @Override
  public String name() {
    return "selector";
  }

  @Override
  public Set<EngineOption> engineOptions() {
    return Set.of(
        EngineOption.LOOPS,
        EngineOption.CARRIER,
        EngineOption.SELECTOR_PROVIDER,
        EngineOption.LOOP_STALL_WARNING);
  }

  @Override
  public Engine start(ServerOptions options) throws IOException {
    boolean carried = isCarriedByLoop(options.carrier());
    SelectorProvider provider = provider(options.selectorProvider());
    return new SelectorEngine(options, carried, provider);
  }

  private static boolean isCarriedByLoop(Carrier carrier) {
    return switch (carrier) {
      case SCHEDULER -> false;
      case POLLER ->
          throw new IllegalArgumentException(
              "carrier: backend 'selector' polls by loops of its own; choose carrier 'loop' or"
                  + " carrier 'scheduler', or backend 'virtual'");
      case LOOP -> {
        if (!JdkInternals.areOpen()) {
          throw new IllegalArgumentException(
              "carrier: 'loop' needs an internal constructor of the JDK; start the JVM with "
                  + JdkInternals.howToOpen()
                  + ", or choose carrier 'scheduler'");
        }
        yield true;
      }
      case AUTO -> {
        if (!JdkInternals.areOpen() && SAID.compareAndSet(false, true)) {
          LOG.log(
              Level.INFO,
              "handlers run on the JDK's scheduler of virtual threads, not on the event loops: for"
                  + " those, start the JVM with "
                  + JdkInternals.howToOpen());
        }
        yield JdkInternals.areOpen();
      }
    };
  }

  private static SelectorProvider provider(SelectorProviderKind kind) {
    return switch (kind) {
      case SYSTEM -> SelectorProvider.provider();
      case EPOLL -> internalProvider("EPoll");
      case POLL -> internalProvider("Poll");
    };
  }

  private static SelectorProvider internalProvider(String kind) {
    String name = "sun.nio.ch." + kind + "SelectorProvider";
    try {
      Class<? extends SelectorProvider> type =
          Class.forName(name).asSubclass(SelectorProvider.class);
      SelectorProvider usual = SelectorProvider.provider();
      return type.isInstance(usual) ? usual : type.getDeclaredConstructor().newInstance();
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(
          "selectorProvider: this system has no %s(); choose system".formatted(kind), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "selectorProvider: %s is closed in this JVM: start it with --add-exports java.base/sun.nio.ch=%s"
              .formatted(kind, JdkInternals.us()),
          e);
    }
  }
}
