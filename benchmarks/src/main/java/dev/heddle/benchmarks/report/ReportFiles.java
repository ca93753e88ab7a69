package dev.heddle.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A comparison as files: `index.html` for people, the others for programs.
public final class ReportFiles {
  private ReportFiles() {}

  /// Writes all files into a folder, over those of the comparison before.
  ///
  /// @return the page
  /// @throws IOException when the folder cannot be written to
  public static Path write(Comparison comparison, Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("results.json"), ResultsJson.write(comparison));
    Files.writeString(folder.resolve("results.csv"), ResultsCsv.of(comparison));
    for (Contest contest : comparison.contests()) {
      for (Entry entry : contest.entries()) {
        if (!entry.rounds().isEmpty()) {
          new HistogramFiles(entry).write(folder, histogramName(contest, entry));
        }
      }
    }
    Path page = folder.resolve("index.html");
    Files.writeString(page, Page.of(comparison));
    return page;
  }

  static String histogramName(Contest contest, Entry entry) {
    return (contest.protocol() + "-" + entry.name()).replaceAll("[^A-Za-z0-9.-]+", "-");
  }
}
