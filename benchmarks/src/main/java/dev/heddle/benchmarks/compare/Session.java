package dev.heddle.benchmarks.compare;

import dev.heddle.benchmarks.report.Contest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// All competitions of one call, one after another.
///
/// Belongs to one thread, but [#contests()] and [#close()], which any thread may call at any time.
final class Session implements AutoCloseable {
  private final Plan plan;
  private final Servers servers;
  private final Progress progress;
  private final List<Run> runs = new CopyOnWriteArrayList<>();

  Session(Plan plan, Servers servers, Progress progress) {
    this.plan = plan;
    this.servers = servers;
    this.progress = progress;
  }

  /// Measures a competition.
  Contest run(Competition competition, String base) {
    Run run = new Run(competition, plan, base, servers, progress);
    runs.add(run);
    run.measure();
    return run.contest();
  }

  /// What has been measured so far.
  List<Contest> contests() {
    return runs.stream().map(Run::contest).toList();
  }

  /// Whether it was closed before its time.
  boolean abandoned() {
    return servers.closed();
  }

  /// Ends all servers.
  @Override
  public void close() {
    progress.close();
    servers.close();
  }
}
