package dev.heddle.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/// A comparison as RFC 4180 CSV: a line for each round of each server, for a spreadsheet.
final class ResultsCsv {
  private static final String LINE_END = "\r\n";

  private ResultsCsv() {}

  static String of(Comparison comparison) {
    StringBuilder csv = new StringBuilder(line(header()));
    for (Contest contest : comparison.contests()) {
      for (Entry entry : contest.entries()) {
        for (int round = 0; round < entry.rounds().size(); round++) {
          csv.append(line(cells(contest, entry, round)));
        }
      }
    }
    return csv.toString();
  }

  private static List<String> header() {
    List<String> header = new ArrayList<>(List.of("protocol", "server", "round", "rate"));
    Figure.ALL.forEach(figure -> header.add(figure.label()));
    header.addAll(List.of("errors", "starved", "bytes/idle connection"));
    return header;
  }

  private static List<String> cells(Contest contest, Entry entry, int number) {
    Round round = entry.rounds().get(number);
    List<String> cells = new ArrayList<>();
    cells.add(contest.protocol());
    cells.add(entry.name());
    cells.add(Integer.toString(number + 1));
    cells.add(Double.toString(contest.rate()));
    Figure.ALL.forEach(figure -> cells.add(Double.toString(figure.of(round))));
    cells.add(
        Long.toString(
            round.samples().flatMap(s -> s.errors().values().stream()).mapToLong(n -> n).sum()));
    cells.add(Integer.toString(round.samples().mapToInt(Sample::starved).max().orElse(0)));
    IdleMemory memory = entry.memory();
    cells.add(memory == null ? "" : Long.toString(Math.round(memory.perConnection())));
    return cells;
  }

  private static String line(List<String> cells) {
    StringJoiner line = new StringJoiner(",", "", LINE_END);
    cells.forEach(cell -> line.add(quoted(cell)));
    return line.toString();
  }

  private static String quoted(String cell) {
    return cell.matches("[^\",\r\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
