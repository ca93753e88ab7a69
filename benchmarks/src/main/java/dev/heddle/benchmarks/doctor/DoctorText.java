package dev.heddle.benchmarks.doctor;

import java.util.ArrayList;
import java.util.List;

/// Findings for people, within 80 columns but for lines that are to be copied.
final class DoctorText {
  private static final int COLUMNS = 80;
  private static final String INDENT = " ".repeat(8);

  private DoctorText() {}

  static List<String> of(List<Finding> findings) {
    List<String> lines = new ArrayList<>();
    for (Finding finding : findings) {
      lines.add("%-8s%s  %s".formatted(finding.mark(), finding.name(), finding.value()).strip());
      wrap(finding.limits(), lines);
      if (!finding.remedy().isEmpty()) {
        lines.add(INDENT + "-> " + finding.remedy());
      }
    }
    lines.add("");
    lines.addAll(summary(findings));
    return lines;
  }

  private static List<String> summary(List<Finding> findings) {
    long changes = findings.stream().filter(finding -> !finding.remedy().isEmpty()).count();
    if (changes == 0) {
      return List.of("Nothing to change.");
    }
    List<String> lines = new ArrayList<>();
    lines.add(changes == 1 ? "1 setting to change." : changes + " settings to change.");
    if (findings.stream().anyMatch(finding -> finding.remedy().contains("sysctl"))) {
      lines.add("What sysctl sets holds until the next boot: to keep it, write the settings into");
      lines.add("/etc/sysctl.d/60-heddle.conf. Limits hold from the next login.");
    }
    return lines;
  }

  private static void wrap(String text, List<String> lines) {
    String rest = INDENT + text;
    while (rest.length() > COLUMNS) {
      int space = rest.lastIndexOf(' ', COLUMNS);
      if (space <= INDENT.length()) {
        break; // one long word
      }
      lines.add(rest.substring(0, space));
      rest = INDENT + rest.substring(space + 1);
    }
    lines.add(rest);
  }
}
