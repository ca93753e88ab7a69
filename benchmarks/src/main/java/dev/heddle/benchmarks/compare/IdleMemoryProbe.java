package dev.heddle.benchmarks.compare;

import dev.heddle.benchmarks.load.Generator;
import dev.heddle.benchmarks.load.LoadResult;
import dev.heddle.benchmarks.load.Pace;
import dev.heddle.benchmarks.report.IdleMemory;
import java.io.IOException;
import java.time.Duration;

/// Measures what an idle connection costs a server in resident memory.
///
/// A server of its own, warmed by short-lived connections until its compilers rest, as threads that
/// began in code which is not fully compiled keep large stacks. Then some connections with one
/// message each, a full collection, and a look; then the others, a collection, and a look again.
record IdleMemoryProbe(Plan plan, Servers servers) {
  /// @throws IOException when the server does not serve all the connections; the message says why
  IdleMemory measure(Competition competition, Contender contender) throws IOException {
    ServerProcess server =
        servers.start(contender, JvmMemory.OPTIONS, competition.protocol() + "-memory");
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
    new WarmUp(plan).compile(subject, Compilers.of(server.pid()));
    try (Generator first = open(subject, few)) {
      long withFew = JvmMemory.retained(server.pid());
      try (Generator second = open(subject, many - few)) {
        long withMany = JvmMemory.retained(server.pid());
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
}
