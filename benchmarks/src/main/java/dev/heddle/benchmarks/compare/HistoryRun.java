package dev.heddle.benchmarks.compare;

import dev.heddle.benchmarks.command.Interruption;
import dev.heddle.benchmarks.report.Capacity;
import dev.heddle.benchmarks.report.CapacityText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The tables of `--history` from the first server to the report.
record HistoryRun(History history, Plan plan, Findings findings) {
  /// Measures and tells all.
  ///
  /// @param servers closed at the end
  /// @return the status to exit by
  int run(Servers servers) throws IOException {
    Estimate estimate = Estimate.ofHistory(plan, history.cells());
    List<Capacity> found = new ArrayList<>();
    try (servers;
        Progress progress = new Progress(findings.invocation().err(), estimate);
        Interruption _ = Interruption.does(() -> abandon(servers, progress))) {
      history.measure(
          servers,
          progress,
          table -> {
            found.addAll(table);
            progress.clear();
            findings.printTable(table);
          });
      if (servers.closed()) {
        return 1; // the interruption has told all
      }
    }
    CapacityText.LEGEND.forEach(findings.invocation().out()::println);
    return findings.write(List.of(), found);
  }

  private void abandon(Servers servers, Progress progress) {
    servers.close();
    progress.close();
    findings.invocation().tell("interrupted");
  }
}
