package dev.heddle.benchmarks.load;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A load generator with its connections open, ready for any number of windows one after another.
///
/// ```java
/// try (Generator generator = Generator.open(plan)) {
///   generator.run(Pace.closedLoop(), Duration.ofSeconds(5)); // warm up
///   LoadResult result = generator.run(Pace.openLoop(20_000), Duration.ofSeconds(10));
/// }
/// ```
///
/// Between windows nothing is sent and the connections stay open. A connection that is lost in a
/// window is counted by its [ErrorKind] and opened again. Methods block; all but [#progress()]
/// belong to one thread at a time.
public final class Generator implements AutoCloseable {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final LoadPlan plan;
  private final List<LoadLoop> loops = new ArrayList<>();
  private final ExecutorService threads;
  private Opening opening;

  private Generator(LoadPlan plan, InetSocketAddress server) throws IOException {
    this.plan = plan;
    for (int loop = 0; loop < plan.threads(); loop++) {
      int first = share(loop);
      loops.add(new LoadLoop(plan, server, first, share(loop + 1) - first));
    }
    threads =
        Executors.newFixedThreadPool(
            plan.threads(), Thread.ofPlatform().daemon().name("load-", 1).factory());
    opening = new Opening(0, new Tally(), Duration.ZERO);
  }

  private int share(int loop) {
    return (int) ((long) plan.connections() * loop / plan.threads());
  }

  /// Opens all connections of a plan.
  ///
  /// @throws IOException when none of them can be opened, when this machine has no port or
  ///   descriptor left for some, or when the host is unknown
  public static Generator open(LoadPlan plan) throws IOException {
    Generator generator = new Generator(plan, plan.target().resolve());
    try {
      generator.open();
      return generator;
    } catch (IOException failure) {
      generator.close();
      throw failure;
    }
  }

  private void open() throws IOException {
    long start = System.nanoTime();
    Tally tally = onEachLoop(LoadLoop::openAll);
    opening = new Opening(alive(), tally, Duration.ofNanos(System.nanoTime() - start));
    for (ErrorKind kind : tally.errors.keySet()) {
      boolean ownFault = kind == ErrorKind.OUT_OF_PORTS || kind == ErrorKind.OUT_OF_DESCRIPTORS;
      if (ownFault || opening.opened() == 0) {
        String after = ownFault ? " after " + opening.opened() + " connections" : "";
        throw new IOException("cannot connect to " + plan.target() + ": " + kind.label() + after);
      }
    }
  }

  /// How the opening went.
  public Opening opening() {
    return opening;
  }

  /// [#run(Pace, Duration)] in a closed loop.
  public LoadResult run(Duration duration) throws IOException {
    return run(Pace.closedLoop(), duration);
  }

  /// Runs one window, and then waits for the replies that are still owed, up to the plan's timeout.
  ///
  /// @throws IOException when the selector fails; never for what a connection or a server does
  public LoadResult run(Pace pace, Duration duration) throws IOException {
    long cpu = SYSTEM.getProcessCpuTime();
    long wall = System.currentTimeMillis();
    long start = System.nanoTime();
    Window window = new Window(pace, start, start + duration.toNanos(), plan.connections());
    Tally tally = onEachLoop(loop -> loop.run(window));
    long elapsed = System.nanoTime() - start;
    tally.latency.setStartTimeStamp(wall);
    tally.latency.setEndTimeStamp(wall + Duration.ofNanos(elapsed).toMillis());
    return LoadResult.of(
        pace,
        duration,
        Duration.ofNanos(elapsed),
        Duration.ofNanos(SYSTEM.getProcessCpuTime() - cpu),
        alive(),
        tally);
  }

  /// How many connections are open.
  public int alive() {
    return loops.stream().mapToInt(LoadLoop::alive).sum();
  }

  /// How many replies the current window has had so far. May be called from any thread.
  public long progress() {
    return loops.stream().mapToLong(LoadLoop::progress).sum();
  }

  private interface LoopTask {
    Tally run(LoadLoop loop) throws IOException;
  }

  private Tally onEachLoop(LoopTask task) throws IOException {
    List<Callable<Tally>> calls = new ArrayList<>();
    loops.forEach(loop -> calls.add(() -> task.run(loop)));
    Tally sum = new Tally();
    try {
      for (Future<Tally> tally : threads.invokeAll(calls)) {
        sum.add(tally.get());
      }
      return sum;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof IOException broken) {
        throw broken;
      }
      throw new IllegalStateException(failure.getCause());
    }
  }

  /// Closes all connections.
  @Override
  public void close() {
    threads.shutdownNow();
    for (LoadLoop loop : loops) {
      try {
        loop.close();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
