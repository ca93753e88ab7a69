package dev.heddle.benchmarks.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The tables of `compare --history` as a part of the page.
final class CapacityHtml {
  private CapacityHtml() {}

  static String of(List<Capacity> history) {
    if (history.isEmpty()) {
      return "";
    }
    StringBuilder html = new StringBuilder("<section>\n<h2>What the textbooks say</h2>\n");
    html.append(Html.list("legend", CapacityText.LEGEND));
    Map<Integer, List<Capacity>> byConnections =
        history.stream()
            .collect(
                Collectors.groupingBy(Capacity::connections, TreeMap::new, Collectors.toList()));
    byConnections.values().forEach(each -> html.append(table(each)));
    return html.append("</section>\n").toString();
  }

  private static String table(List<Capacity> capacities) {
    String table =
        Html.table(
            CapacityText.title(capacities.getFirst()),
            List.of("", "alive", "requests/s", "memory MiB", "threads", "switches/s"),
            capacities.stream().map(CapacityText::cells).toList());
    List<String> reasons = CapacityText.reasons(capacities);
    return reasons.isEmpty() ? table : table + Html.list("warnings", reasons);
  }
}
