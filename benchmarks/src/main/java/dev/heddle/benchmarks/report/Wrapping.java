package dev.heddle.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/// Breaks text between words where it would leave the terminal.
final class Wrapping {
  private static final int COLUMNS = 80;

  private Wrapping() {}

  /// The lines; all but the first begin with the indent. A word that is longer than a line stays
  /// whole.
  static List<String> of(String text, String indent) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (rest.length() > COLUMNS) {
      int space = rest.lastIndexOf(' ', COLUMNS);
      if (space <= indent.length()) {
        break;
      }
      lines.add(rest.substring(0, space));
      rest = indent + rest.substring(space + 1);
    }
    lines.add(rest);
    return lines;
  }
}
