package dev.heddle.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/// A contest as tables for the terminal, within 80 columns.
public final class ContestText {
  private final Contest contest;
  private final List<String> lines = new ArrayList<>();

  private ContestText(Contest contest) {
    this.contest = contest;
  }

  /// The lines.
  public static List<String> of(Contest contest, Conditions conditions) {
    ContestText text = new ContestText(contest);
    text.addHead(conditions);
    if (contest.begun()) {
      text.addSaturated();
      text.addCpu(
          "CPU, saturated",
          Figure.CPU,
          List.of(Figure.CPU_USER, Figure.CPU_SYSTEM, Figure.GENERATOR),
          "user",
          "system",
          "generator");
      text.addCpu(
          text.atRate("CPU"),
          Figure.RATE_CPU,
          List.of(Figure.RATE_CPU_USER, Figure.RATE_CPU_SYSTEM),
          "user",
          "system");
      text.addLatency();
    }
    if (contest.entries().stream().anyMatch(entry -> entry.memory() != null)) {
      text.addMemory();
    }
    text.addWarnings(conditions);
    return text.lines;
  }

  private void addHead(Conditions conditions) {
    wrap(contest.protocol() + ": " + conditions.load(contest) + "; " + conditions.schedule(), "");
    wrap(conditions.processors(), "");
    wrap("ratios are to " + contest.base() + ", round by round", "");
  }

  private String atRate(String what) {
    return what + " at " + Numbers.whole(contest.rate()) + " messages/s";
  }

  private void addSaturated() {
    TextTable table =
        new TextTable("", "messages/s", "min-max", "ratio", "min-max", "switches", "errors");
    for (Entry entry : contest.measured()) {
      Spread messages = entry.spread(Figure.MESSAGES);
      List<String> row = new ArrayList<>();
      row.add(entry.name());
      row.add(Numbers.whole(messages.median()));
      row.add(Numbers.range(messages));
      addRatio(row, entry, Figure.MESSAGES);
      row.add(Numbers.brief(entry.spread(Figure.SWITCHES).median()));
      row.add(Numbers.whole(entry.errorCount()));
      table.add(row);
    }
    add("Saturated: each reply makes room for the next message; switches are a message's", table);
  }

  private void addCpu(String title, Figure total, List<Figure> others, String... names) {
    List<String> header = new ArrayList<>(List.of("", "us/message", "min-max", "ratio", "min-max"));
    header.addAll(List.of(names));
    TextTable table = new TextTable(header.toArray(String[]::new));
    for (Entry entry : contest.measured()) {
      List<String> row = new ArrayList<>();
      row.add(entry.name());
      row.add(Numbers.brief(entry.spread(total).median()));
      row.add(Numbers.range(entry.spread(total)));
      addRatio(row, entry, total);
      others.forEach(figure -> row.add(Numbers.brief(entry.spread(figure).median())));
      table.add(row);
    }
    add(title, table);
  }

  private void addLatency() {
    String title = atRate("Latency in us, from the intended send time,");
    addLatency(title, List.of("p50", "p90"), List.of(Figure.P50, Figure.P90));
    addLatency("and its tail", List.of("p99", "p99.9"), List.of(Figure.P99, Figure.P999));
    addLatency("and the longest of each round", List.of("max"), List.of(Figure.MAX));
  }

  private void addLatency(String title, List<String> names, List<Figure> figures) {
    List<String> header = new ArrayList<>(List.of(""));
    names.forEach(name -> header.addAll(List.of(name, "min-max", "ratio")));
    TextTable table = new TextTable(header.toArray(String[]::new));
    for (Entry entry : contest.measured()) {
      List<String> row = new ArrayList<>();
      row.add(entry.name());
      for (Figure figure : figures) {
        row.add(Numbers.brief(entry.spread(figure).median()));
        row.add(Numbers.range(entry.spread(figure)));
        row.add(Numbers.ratio(contest.ratio(entry, figure).median()));
      }
      table.add(row);
    }
    add(title, table);
  }

  private void addMemory() {
    TextTable table = new TextTable("", "KiB/connection", "ratio", "MiB with few", "with many");
    String counts = "";
    for (Entry entry : contest.ranking()) {
      IdleMemory memory = entry.memory();
      if (memory != null) {
        table.add(
            List.of(
                entry.name(),
                Numbers.brief(memory.kibibytes()),
                Numbers.ratio(contest.ratio(memory)),
                Numbers.brief(memory.residentWithFew() / 1048576.0),
                Numbers.brief(memory.residentWithMany() / 1048576.0)));
        counts = Numbers.whole(memory.few()) + " to " + Numbers.whole(memory.many());
      }
    }
    add("Resident memory, from " + counts + " idle connections", table);
  }

  private void addRatio(List<String> row, Entry entry, Figure figure) {
    Spread ratio = contest.ratio(entry, figure);
    row.add(Numbers.ratio(ratio.median()));
    row.add(Numbers.ratios(ratio));
  }

  private void add(String title, TextTable table) {
    lines.add("");
    wrap(title, "");
    table.lines().forEach(line -> lines.add("  " + line));
  }

  private void addWarnings(Conditions conditions) {
    List<String> warnings = Warnings.of(contest, conditions);
    if (!warnings.isEmpty()) {
      lines.add("");
      warnings.forEach(warning -> wrap("! " + warning, "  "));
    }
  }

  private void wrap(String text, String indent) {
    lines.addAll(Wrapping.of(text, indent));
  }
}
