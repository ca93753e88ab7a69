package dev.heddle.benchmarks.compare;

import dev.heddle.benchmarks.command.Interruption;
import dev.heddle.benchmarks.report.Contest;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// All competitions of one call, one after another, from the first server to the report.
final class Tournament {
  private final List<Competition> competitions;
  private final Plan plan;
  private final Findings findings;
  private final List<Run> runs = new CopyOnWriteArrayList<>(); // also read on Ctrl-C
  private int told; // of the runs

  Tournament(List<Competition> competitions, Plan plan, Findings findings) {
    this.competitions = competitions;
    this.plan = plan;
    this.findings = findings;
  }

  /// Measures and tells all.
  ///
  /// @param servers closed at the end
  /// @return the status to exit by
  int run(Servers servers) throws IOException {
    int contenders = competitions.stream().mapToInt(each -> each.contenders().size()).sum();
    Estimate estimate = new Estimate(plan, contenders);
    try (servers;
        Progress progress = new Progress(findings.invocation().err(), estimate);
        Interruption _ = Interruption.does(() -> abandon(servers, progress))) {
      for (Competition competition : competitions) {
        Run run = new Run(competition, plan, servers, progress);
        runs.add(run);
        run.measure();
        if (servers.closed()) {
          return 1; // the interruption has told all
        }
        progress.clear();
        takeUntold(contests()).forEach(findings::print);
      }
    }
    return findings.write(contests(), List.of());
  }

  private List<Contest> contests() {
    return runs.stream().map(Run::contest).toList();
  }

  /// Those of `all` that have not been told; they count as told from now on.
  private synchronized List<Contest> takeUntold(List<Contest> all) {
    List<Contest> untold = all.subList(told, all.size());
    told = all.size();
    return untold;
  }

  /// What is known so far is told.
  private void abandon(Servers servers, Progress progress) {
    List<Contest> soFar = contests();
    servers.close();
    progress.close();
    List<Contest> untold = takeUntold(soFar).stream().filter(Contest::begun).toList();
    findings.tellInterrupted(!untold.isEmpty());
    untold.forEach(findings::print);
  }
}
