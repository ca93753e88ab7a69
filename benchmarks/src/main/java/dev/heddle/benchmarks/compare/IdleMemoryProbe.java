package dev.heddle.benchmarks.compare;

import dev.heddle.benchmarks.load.Generator;
import dev.heddle.benchmarks.load.LoadResult;
import dev.heddle.benchmarks.load.Pace;
import dev.heddle.benchmarks.report.IdleMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Measures what an idle connection costs a server in resident memory.
///
/// A server of its own, warmed by short-lived connections, as stacks that were once promoted keep
/// their size. Then some connections with one message each, a full collection, and a look; then the
/// others, a collection, and a look again.
record IdleMemoryProbe(Plan plan, Servers servers) {
  /// A heap that follows what is alive closely: one that was touched before would hide growth, and
  /// one with room to spare would exaggerate it.
  static final List<String> JVM_OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xms16m",
          "-Xmn8m",
          "-Xmx1g",
          "-XX:MinHeapFreeRatio=5",
          "-XX:MaxHeapFreeRatio=10");

  private static final Duration WARM_UP = Duration.ofMillis(1_500);
  private static final Duration COLLECTION = Duration.ofSeconds(30);

  /// @throws IOException when the server does not serve all the connections; the message says why
  IdleMemory measure(Competition competition, Contender contender) throws IOException {
    ServerProcess server =
        servers.start(contender, JVM_OPTIONS, competition.protocol() + "-memory");
    try {
      return measure(server, competition.at(server.port()));
    } catch (IOException failure) {
      throw server.explain(failure);
    } finally {
      servers.stop(server);
    }
  }

  private IdleMemory measure(ServerProcess server, Subject subject) throws IOException {
    int many = plan.idleConnections();
    int few = many / 5;
    Duration warmUp = plan.warmUp().compareTo(WARM_UP) < 0 ? plan.warmUp() : WARM_UP;
    new WarmUp(plan).churn(subject, warmUp);
    try (Generator first = open(subject, few)) {
      long withFew = residentAfterCollection(server);
      try (Generator second = open(subject, many - few)) {
        long withMany = residentAfterCollection(server);
        int lost = many - first.alive() - second.alive();
        if (lost > 0) {
          throw new IOException("the server gave up %,d idle connections".formatted(lost));
        }
        return new IdleMemory(few, withFew, many, withMany);
      }
    }
  }

  private Generator open(Subject subject, int connections) throws IOException {
    Generator generator = Generator.open(plan.idle(subject, connections));
    LoadResult result = generator.run(Pace.once(), Duration.ofSeconds(1));
    long served = result.answered();
    if (served < connections) {
      generator.close();
      throw new IOException(
          "no memory figure: only %,d of %,d connections got a reply"
              .formatted(served, connections));
    }
    return generator;
  }

  private static long residentAfterCollection(ServerProcess server) throws IOException {
    collect(server.pid());
    return resident(Path.of("/proc", Long.toString(server.pid())));
  }

  private static void collect(long pid) throws IOException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process process =
        new ProcessBuilder(jcmd, Long.toString(pid), "GC.run")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!process.waitFor(COLLECTION.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("no memory figure: jcmd could not start a collection");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  /// @param process the process's folder in /proc
  static long resident(Path process) throws IOException {
    // The sum over the mappings: the one in "status" may lag behind by some pages a thread.
    for (String line : Files.readAllLines(process.resolve("smaps_rollup"))) {
      if (line.startsWith("Rss:")) {
        return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("no Rss in " + process.resolve("smaps_rollup"));
  }
}
