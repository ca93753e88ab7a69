package dev.heddle.backend.blocking;

import dev.heddle.Backend;
import dev.heddle.EngineOption;
import dev.heddle.ServerOptions;
import dev.heddle.backend.BlockingTransport;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A fixed pool of platform threads, each serving one connection from its first byte to its last: a
/// connection beyond the number of threads waits until another ends.
public final class PoolBackend implements Backend {
  private static final int DEFAULT_THREADS = 100;

  @Override
  public String name() {
    return "pool";
  }

  @Override
  public Set<EngineOption> engineOptions() {
    return Set.of(EngineOption.THREADS);
  }

  @Override
  public Engine start(ServerOptions options) {
    int count = options.threads() == 0 ? DEFAULT_THREADS : options.threads();
    ExecutorService pool =
        Executors.newFixedThreadPool(
            count, Thread.ofPlatform().daemon().name("heddle-pool-", 1).factory());
    return new BlockingEngine(
        options, count + " threads", BlockingTransport::new, pool, () -> stop(pool));
  }

  private static void stop(ExecutorService pool) {
    for (Runnable waiting : pool.shutdownNow()) {
      if (waiting instanceof BlockingEngine.Service service) {
        service.abandon();
      }
    }
  }
}
