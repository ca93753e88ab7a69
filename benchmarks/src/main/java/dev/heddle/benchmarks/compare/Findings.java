package dev.heddle.benchmarks.compare;

import dev.heddle.benchmarks.command.Invocation;
import dev.heddle.benchmarks.report.Capacity;
import dev.heddle.benchmarks.report.CapacityText;
import dev.heddle.benchmarks.report.Comparison;
import dev.heddle.benchmarks.report.Conditions;
import dev.heddle.benchmarks.report.Contest;
import dev.heddle.benchmarks.report.ContestText;
import dev.heddle.benchmarks.report.Machine;
import dev.heddle.benchmarks.report.ReportFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// What a run finds, and whom it tells: tables for the terminal as they are ready, the report's
/// files at the end.
///
/// @param folder where the report goes
record Findings(Invocation invocation, Conditions conditions, Path folder) {
  /// @throws IOException when that cannot be done
  void createFolder() throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (IOException refused) {
      throw new IOException("cannot create the folder " + folder, refused);
    }
  }

  /// Where servers' logs go.
  Path logs() {
    return folder.resolve("logs");
  }

  void print(Contest contest) {
    printLines(ContestText.of(contest, conditions));
  }

  /// Prints a table of `--history`.
  void printTable(List<Capacity> table) {
    printLines(CapacityText.of(table));
  }

  /// Says that this is all.
  ///
  /// @param more whether something follows that was measured
  void tellInterrupted(boolean more) {
    invocation.tell("interrupted" + (more ? "; what was measured so far:" : ""));
  }

  private void printLines(List<String> lines) {
    PrintWriter out = invocation.out();
    lines.forEach(out::println);
    out.println();
    out.flush();
  }

  /// Writes the report, and says where it is.
  ///
  /// @return the status to exit by
  int write(List<Contest> contests, List<Capacity> history) throws IOException {
    Comparison comparison =
        new Comparison(
            OffsetDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS).toString(),
            "./heddle " + String.join(" ", invocation.words()),
            Machine.read(),
            conditions,
            contests,
            history);
    Path page = ReportFiles.write(comparison, folder);
    invocation.out().println("Report: " + page);
    return comparison.sound() ? 0 : 1;
  }
}
