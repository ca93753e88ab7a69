package dev.heddle.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/// Rows under a header: names to the left, figures to the right.
final class TextTable {
  private static final int LONGEST_NAME = 10;
  private static final String GAP = "  ";

  private final List<String> header;
  private final List<List<String>> rows = new ArrayList<>();

  /// @param header the first is of the names
  TextTable(String... header) {
    this.header = List.of(header);
  }

  void add(List<String> row) {
    rows.add(List.copyOf(row));
  }

  /// The lines. A name that is too long for its column has a line of its own.
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(line(header));
    for (List<String> row : rows) {
      if (row.getFirst().length() <= LONGEST_NAME) {
        lines.add(line(row));
      } else {
        lines.add(row.getFirst());
        List<String> rest = new ArrayList<>(row);
        rest.set(0, "");
        lines.add(line(rest));
      }
    }
    return lines;
  }

  private String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      String cell = cells.get(column);
      String padding = " ".repeat(Math.max(0, width(column) - cell.length()));
      line.append(column == 0 ? cell + padding : GAP + padding + cell);
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    int width = header.get(column).length();
    for (List<String> row : rows) {
      int length = column < row.size() ? row.get(column).length() : 0;
      width = Math.max(width, column == 0 && length > LONGEST_NAME ? 0 : length);
    }
    return width;
  }
}
