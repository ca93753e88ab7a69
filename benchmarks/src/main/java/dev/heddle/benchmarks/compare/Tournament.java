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
        findings.print(run.contest());
      }
    }
    return findings.write(contests(), List.of());
  }

  private List<Contest> contests() {
    return runs.stream().map(Run::contest).toList();
  }

  /// What is known so far is told.
  private void abandon(Servers servers, Progress progress) {
    List<Contest> soFar = contests().stream().filter(Contest::begun).toList();
    servers.close();
    progress.close();
    findings
        .invocation()
        .tell("interrupted" + (soFar.isEmpty() ? "" : "; what was measured so far:"));
    soFar.forEach(findings::print);
  }
}
