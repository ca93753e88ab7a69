package dev.heddle.benchmarks.compare;

import dev.heddle.benchmarks.load.Generator;
import dev.heddle.benchmarks.load.LoadPlan;
import dev.heddle.benchmarks.load.LoadResult;
import dev.heddle.benchmarks.load.Pace;
import dev.heddle.benchmarks.report.Contest;
import dev.heddle.benchmarks.report.Round;
import dev.heddle.benchmarks.report.Sample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One competition, from its first server to its last figure.
///
/// Belongs to one thread, but [#contest()], which any thread may call at any time.
final class Run {
  private final Competition competition;
  private final Plan plan;
  private final Servers servers;
  private final Progress progress;
  private final List<Measured> all;
  private final Map<Contender, ServerProcess> kept = new HashMap<>();
  private volatile double rate;

  Run(Competition competition, Plan plan, Servers servers, Progress progress) {
    this.competition = competition;
    this.plan = plan;
    this.servers = servers;
    this.progress = progress;
    all = competition.contenders().stream().map(Measured::new).toList();
    rate = plan.rate() == null ? Double.NaN : plan.rate();
  }

  /// Measures all. What goes wrong with a server is noted with it.
  void measure() {
    double slowest = warmAll();
    if (plan.rate() == null) {
      rate = roundDown(slowest / 2);
    }
    if (rate > 0) {
      for (int round = 0; round < plan.rounds(); round++) {
        measureRound(round);
      }
    }
    stopAll();
    if (plan.idleConnections() > 0) {
      all.forEach(this::measureMemory);
    }
  }

  /// What has been measured so far.
  Contest contest() {
    LoadPlan load = plan.load(competition.at(1));
    return new Contest(
        competition.protocol(),
        competition.url(),
        load.message(),
        load.connections(),
        competition.base(),
        rate,
        all.stream().map(Measured::entry).toList());
  }

  /// Returns the messages per second of the slowest that made no errors; 0 when all did.
  private double warmAll() {
    List<Double> found = new ArrayList<>();
    for (Measured each : all) {
      if (begins(each, Work.WARM_UP, ", warming up")) {
        attempt(each, server -> found.add(warm(server)));
      }
    }
    return found.stream().filter(perSecond -> perSecond > 0).min(Double::compare).orElse(0.0);
  }

  private void measureRound(int round) {
    List<Measured> order = new ArrayList<>(all);
    Collections.rotate(order, -round); // another one first each time
    for (Measured each : order) {
      if (begins(each, Work.ROUND, ", round %d of %d".formatted(round + 1, plan.rounds()))) {
        attempt(each, server -> each.add(round(server)));
      }
    }
  }

  private void measureMemory(Measured each) {
    if (begins(each, Work.MEMORY, ", idle connections")) {
      try {
        each.memory(new IdleMemoryProbe(plan, servers).measure(competition, each.contender()));
      } catch (IOException missing) {
        each.note(missing.getMessage());
      }
    }
  }

  /// Tells that a step begins, unless it would be in vain.
  private boolean begins(Measured each, Work work, String what) {
    if (each.failed() || servers.closed()) {
      return false;
    }
    progress.begin(work, competition.protocol() + " " + each.contender().name() + what);
    return true;
  }

  private interface Task {
    void on(ServerProcess server) throws IOException;
  }

  private void attempt(Measured each, Task task) {
    try {
      ServerProcess server = server(each);
      try {
        task.on(server);
      } catch (IOException failure) {
        throw server.explain(failure);
      } finally {
        if (plan.freshJvms()) {
          stopAll();
        }
      }
    } catch (IOException failure) {
      each.fail(failure.getMessage());
    }
  }

  /// Two digits, so that it reads as what it is: a choice.
  static double roundDown(double rate) {
    double unit = Math.pow(10, Math.floor(Math.log10(rate)) - 1);
    return Math.floor(rate / unit) * unit;
  }

  private ServerProcess server(Measured each) throws IOException {
    ServerProcess server = kept.get(each.contender());
    if (server == null) {
      server = servers.start(each.contender(), plan.jvmOptions(), competition.protocol());
      kept.put(each.contender(), server);
      each.startedBy(server.command());
    }
    return server;
  }

  private void stopAll() {
    kept.values().forEach(ServerProcess::end); // all at once, as each may take its time
    kept.values().forEach(servers::stop);
    kept.clear();
  }

  private double warm(ServerProcess server) throws IOException {
    return new WarmUp(plan).warm(subject(server), Compilers.of(server.pid()));
  }

  private Subject subject(ServerProcess server) {
    return competition.at(server.port());
  }

  private Round round(ServerProcess server) throws IOException {
    if (plan.freshJvms()) {
      warm(server);
    }
    try (Generator generator = Generator.open(plan.load(subject(server)))) {
      generator.run(plan.settling());
      Sample saturated = sample(server, generator, Pace.closedLoop());
      Sample atRate = sample(server, generator, Pace.openLoop(rate));
      return new Round(saturated, atRate);
    }
  }

  private Sample sample(ServerProcess server, Generator generator, Pace pace) throws IOException {
    Usage before = Usage.of(server.pid());
    LoadResult result = generator.run(pace, plan.window());
    return Samples.of(result, Usage.of(server.pid()).since(before));
  }
}
