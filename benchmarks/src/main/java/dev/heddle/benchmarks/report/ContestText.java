package dev.heddle.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
      text.addCpu("CPU, saturated", Figure.SATURATED);
      text.addCpu(text.atRate("CPU"), Figure.AT_RATE);
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

  private void addCpu(String title, Figure.Cpu cpu) {
    TextTable table =
        new TextTable(
            "", "us/message", "min-max", "ratio", "min-max", "user", "system", "generator");
    for (Entry entry : contest.measured()) {
      List<String> row = new ArrayList<>();
      row.add(entry.name());
      row.add(Numbers.brief(entry.spread(cpu.total()).median()));
      row.add(Numbers.range(entry.spread(cpu.total())));
      addRatio(row, entry, cpu.total());
      row.add(Numbers.brief(entry.spread(cpu.user()).median()));
      row.add(Numbers.brief(entry.spread(cpu.system()).median()));
      row.add(Numbers.brief(entry.spread(cpu.generator()).median()));
      table.add(row);
    }
    add(title, table);
  }

  private void addLatency() {
    TextTable table = new TextTable("", "p50", "p90", "p99", "min-max", "ratio", "p99.9", "max");
    for (Entry entry : contest.measured()) {
      table.add(
          List.of(
              entry.name(),
              Numbers.brief(entry.spread(Figure.P50).median()),
              Numbers.brief(entry.spread(Figure.P90).median()),
              Numbers.brief(entry.spread(Figure.P99).median()),
              Numbers.range(entry.spread(Figure.P99)),
              Numbers.ratio(contest.ratio(entry, Figure.P99).median()),
              Numbers.brief(entry.spread(Figure.P999).median()),
              Numbers.brief(entry.spread(Figure.MAX).median())));
    }
    add(atRate("Latency in us, from the intended send time,"), table);
  }

  private void addMemory() {
    TextTable table = new TextTable("", "KiB/connection", "ratio", "MiB with few", "with many");
    Optional<IdleMemory> base =
        contest.baseEntry().flatMap(entry -> Optional.ofNullable(entry.memory()));
    String counts = "";
    for (Entry entry : contest.ranking()) {
      IdleMemory memory = entry.memory();
      if (memory != null) {
        double ratio =
            base.map(other -> memory.perConnection() / other.perConnection()).orElse(Double.NaN);
        table.add(
            List.of(
                entry.name(),
                Numbers.brief(memory.kibibytes()),
                Numbers.ratio(ratio),
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
