package dev.heddle.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/// One contest's part of the page: charts, each with a table of the same figures, and commands.
///
/// @param number of the contest within the page
record ContestHtml(Contest contest, Conditions conditions, int number) {
  private static final List<Figure> LATENCIES =
      List.of(Figure.P50, Figure.P90, Figure.P99, Figure.P999, Figure.MAX);

  String toHtml() {
    StringBuilder html = new StringBuilder("<section>\n");
    html.append("<h2>").append(Html.text(contest.protocol())).append("</h2>\n");
    String load = conditions.load(contest);
    html.append(Html.paragraph(load + "; " + conditions.schedule()));
    List<String> warnings = Warnings.of(contest, conditions);
    if (!warnings.isEmpty()) {
      html.append(Html.list("warnings", warnings));
    }
    if (contest.begun()) {
      addRounds(html);
    }
    if (contest.entries().stream().anyMatch(entry -> entry.memory() != null)) {
      add(html, "Resident memory of an idle connection, KiB", "memory", memoryTable());
    }
    addCommands(html);
    return html.append("</section>\n").toString();
  }

  private void addRounds(StringBuilder html) {
    String rate = Numbers.whole(contest.rate()) + " messages/s";
    add(html, "CPU of the server a message, us; less is better", "cpu", cpuTable(rate));
    add(html, "Messages a second, saturated; more is better", "messages", messagesTable());
    add(
        html,
        "Latency at " + rate + ", us, from the intended send time; lower is better",
        "latency",
        latencyTable());
  }

  private void add(StringBuilder html, String title, String chart, String table) {
    html.append(chart(title, chart)).append(table);
  }

  private String cpuTable(String rate) {
    List<List<String>> rows = new ArrayList<>();
    for (Entry entry : contest.measured()) {
      List<String> row = named(entry);
      addSpreadAndRatio(row, entry, Figure.CPU);
      addMedians(row, entry, Figure.CPU_USER, Figure.CPU_SYSTEM, Figure.GENERATOR);
      addSpreadAndRatio(row, entry, Figure.RATE_CPU);
      rows.add(row);
    }
    return Html.table(
        "CPU, us a message: median, lowest to highest round, ratio to " + contest.base(),
        List.of(
            "",
            "saturated",
            "range",
            "ratio",
            "user",
            "system",
            "generator",
            "at " + rate,
            "range",
            "ratio"),
        rows);
  }

  private String messagesTable() {
    List<List<String>> rows = new ArrayList<>();
    for (Entry entry : contest.measured()) {
      List<String> row = named(entry);
      addSpreadAndRatio(row, entry, Figure.MESSAGES);
      addMedians(row, entry, Figure.SWITCHES);
      row.add(Numbers.whole(entry.errorCount()));
      row.add(Numbers.whole(entry.starved()));
      rows.add(row);
    }
    return Html.table(
        "Messages a second: median, lowest to highest round, ratio to " + contest.base(),
        List.of("", "messages/s", "range", "ratio", "switches/message", "errors", "starved"),
        rows);
  }

  private String latencyTable() {
    List<List<String>> rows = new ArrayList<>();
    for (Entry entry : contest.measured()) {
      List<String> row = named(entry);
      for (Figure figure : LATENCIES) {
        addSpreadAndRatio(row, entry, figure);
      }
      rows.add(row);
    }
    List<String> header = new ArrayList<>(List.of(""));
    LATENCIES.forEach(
        figure -> header.addAll(List.of(figure.label().replace(" us", ""), "range", "ratio")));
    return Html.table(
        "Latency, us: median, lowest to highest round, ratio to " + contest.base(), header, rows);
  }

  private String memoryTable() {
    List<List<String>> rows = new ArrayList<>();
    for (Entry entry : contest.ranking()) {
      IdleMemory memory = entry.memory();
      if (memory != null) {
        rows.add(
            List.of(
                entry.name(),
                Numbers.brief(memory.kibibytes()),
                Numbers.ratio(contest.ratio(memory)),
                "%s MiB at %s"
                    .formatted(
                        Numbers.brief(memory.residentWithFew() / 1048576.0),
                        Numbers.whole(memory.few())),
                "%s MiB at %s"
                    .formatted(
                        Numbers.brief(memory.residentWithMany() / 1048576.0),
                        Numbers.whole(memory.many()))));
      }
    }
    return Html.table(
        "Resident memory after a full collection, and its slope; ratio to " + contest.base(),
        List.of("", "KiB/connection", "ratio", "with few", "with many"),
        rows);
  }

  private void addCommands(StringBuilder html) {
    html.append("<details><summary>Commands</summary>\n");
    for (Entry entry : contest.entries()) {
      html.append("<p>").append(Html.text(entry.name())).append("</p>\n<pre>");
      html.append(Html.text(entry.command())).append("</pre>\n");
    }
    html.append("<p>Loaded</p>\n<pre>").append(Html.text(contest.target()));
    html.append("</pre>\n</details>\n");
  }

  private static List<String> named(Entry entry) {
    List<String> row = new ArrayList<>();
    row.add(entry.name());
    return row;
  }

  private static void addMedians(List<String> row, Entry entry, Figure... figures) {
    for (Figure figure : figures) {
      row.add(Numbers.brief(entry.spread(figure).median()));
    }
  }

  private void addSpreadAndRatio(List<String> row, Entry entry, Figure figure) {
    addMedians(row, entry, figure);
    row.add(Numbers.range(entry.spread(figure)));
    row.add(Numbers.ratio(contest.ratio(entry, figure).median()));
  }

  private String chart(String title, String kind) {
    return Html.chart(title, kind, number);
  }
}
