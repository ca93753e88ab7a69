package dev.heddle.benchmarks.compare;

import dev.heddle.benchmarks.command.Interruption;
import dev.heddle.benchmarks.report.Capacity;
import dev.heddle.benchmarks.report.CapacityText;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The tables of `--history` from the first server to the report.
final class HistoryRun {
  private final History history;
  private final Plan plan;
  private final Findings findings;
  private final List<Capacity> found = new CopyOnWriteArrayList<>(); // also read on Ctrl-C
  private int told; // of those found

  HistoryRun(History history, Plan plan, Findings findings) {
    this.history = history;
    this.plan = plan;
    this.findings = findings;
  }

  /// Measures and tells all.
  ///
  /// @param servers closed at the end
  /// @return the status to exit by
  int run(Servers servers) throws IOException {
    Estimate estimate = Estimate.ofHistory(plan, history.cells());
    try (servers;
        Progress progress = new Progress(findings.invocation().err(), estimate);
        Interruption _ = Interruption.does(() -> abandon(servers, progress))) {
      for (int connections : history.connections()) {
        history.measure(connections, servers, progress, found::add);
        if (servers.closed()) {
          return 1; // the interruption has told all
        }
        progress.clear();
        findings.printTable(takeUntold(found));
      }
    }
    tellLegend();
    return findings.write(List.of(), found);
  }

  /// Those of `all` that have not been told; they count as told from now on.
  private synchronized List<Capacity> takeUntold(List<Capacity> all) {
    List<Capacity> untold = all.subList(told, all.size());
    told = all.size();
    return untold;
  }

  private void tellLegend() {
    CapacityText.LEGEND.forEach(findings.invocation().out()::println);
    findings.invocation().out().flush();
  }

  /// What is known so far is told.
  private void abandon(Servers servers, Progress progress) {
    List<Capacity> soFar = List.copyOf(found);
    servers.close();
    progress.close();
    List<Capacity> untold = takeUntold(soFar);
    findings.tellInterrupted(!untold.isEmpty());
    if (!untold.isEmpty()) {
      findings.printTable(untold);
    }
    if (!soFar.isEmpty()) {
      tellLegend();
    }
  }
}
