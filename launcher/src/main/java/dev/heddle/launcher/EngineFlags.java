package dev.heddle.launcher;

import dev.heddle.Backend;
import dev.heddle.Carrier;
import dev.heddle.SelectorProviderKind;
import dev.heddle.ServerOptions;
import dev.heddle.launcher.console.LogLevel;
import java.time.Duration;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which engine, and how it runs.
final class EngineFlags {
  private static final ServerOptions DEFAULT = ServerOptions.DEFAULT;

  @Option(
      names = "--backend",
      paramLabel = "<name>",
      converter = BackendConverter.class,
      completionCandidates = BackendConverter.Names.class,
      description = "The engine: ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE})")
  String backend = DEFAULT.backend();

  @Option(
      names = "--loops",
      paramLabel = "<n>",
      description = "selector: event loops; 0: one a core (default ${DEFAULT-VALUE})")
  int loops = DEFAULT.loops();

  @Option(
      names = "--carrier",
      paramLabel = "<kind>",
      description =
          "what carries handlers: with selector, loop or scheduler; with virtual, poller or"
              + " scheduler; auto: loop or poller where the JDK allows it (default"
              + " ${DEFAULT-VALUE})")
  Carrier carrier = DEFAULT.carrier();

  @Option(
      names = "--selector-provider",
      paramLabel = "<kind>",
      description =
          "selector: how to wait for sockets: epoll, poll, or system, the JDK's choice (default"
              + " ${DEFAULT-VALUE})")
  SelectorProviderKind selectorProvider = DEFAULT.selectorProvider();

  @Option(
      names = "--loop-stall-warning",
      paramLabel = "<time>",
      description =
          "selector: log the stack of a handler that holds a loop for so long; 0: never (default"
              + " ${DEFAULT-VALUE})")
  Duration loopStallWarning = DEFAULT.loopStallWarning();

  @Option(
      names = "--threads",
      paramLabel = "<n>",
      description = "pool: threads, each for one connection; 0: 100 (default ${DEFAULT-VALUE})")
  int threads = DEFAULT.threads();

  @Option(
      names = "--poller-mode",
      paramLabel = "1|2",
      converter = NumberConverter.PollerMode.class,
      description =
          "virtual: who waits for sockets in the JDK: 1, threads of its own, which carrier poller"
              + " needs; 2, virtual threads (default what suits the carrier)")
  @Nullable Integer pollerMode;

  @Option(
      names = "--parallelism",
      paramLabel = "<n>",
      converter = NumberConverter.Parallelism.class,
      description =
          "virtual: threads of the JDK that carry virtual ones (default the JDK's, one a core)")
  @Nullable Integer parallelism;

  void apply(ServerOptions.Builder options) {
    options
        .backend(backend)
        .loops(loops)
        .threads(threads)
        .carrier(carrier)
        .selectorProvider(selectorProvider)
        .loopStallWarning(loopStallWarning);
  }

  /// What the library beneath the engine tells of itself is not for everybody.
  void quieten(LogLevel level) {
    ServiceLoader.load(Backend.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(each -> each.name().equals(backend))
        .forEach(each -> level.lower(each.chattyLoggers()));
  }

  /// Must be called before the JDK has made its first virtual thread and its first poller.
  void setUpJdk() {
    JdkSettings settings = new JdkSettings(pollerMode, parallelism);
    settings.check(backend, carrier);
    settings.apply();
  }
}
