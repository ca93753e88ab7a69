package dev.heddle.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/// The tables of `compare --history` for the terminal, within 80 columns.
public final class CapacityText {
  /// What the names in the tables stand for.
  public static final List<String> LEGEND =
      List.of(
          "platform: a platform thread for each connection",
          "pool 100: 100 platform threads, each for one connection at a time",
          "poll: an event loop over poll(2), which looks at every socket each time",
          "epoll: an event loop over epoll, which hears of those that are ready",
          "virtual: a virtual thread for each connection, on the JDK's scheduler");

  private CapacityText() {}

  /// One table, of servers that had the same number of connections.
  public static List<String> of(List<Capacity> capacities) {
    TextTable table =
        new TextTable("", "alive", "requests/s", "memory MiB", "threads", "switches/s");
    capacities.forEach(each -> table.add(cells(each)));
    List<String> lines = new ArrayList<>();
    lines.add(title(capacities.getFirst()));
    lines.addAll(table.lines());
    reasons(capacities).forEach(reason -> lines.addAll(Wrapping.of("! " + reason, "  ")));
    return lines;
  }

  /// What those cannot do that cannot do all.
  static List<String> reasons(List<Capacity> capacities) {
    return capacities.stream()
        .filter(each -> !each.reason().isEmpty())
        .map(each -> each.mode() + ": " + each.reason())
        .toList();
  }

  static String title(Capacity capacity) {
    return Numbers.whole(capacity.connections()) + " connections, each asking as fast as it can";
  }

  static List<String> cells(Capacity each) {
    return List.of(
        each.mode(),
        Numbers.whole(each.alive()),
        Numbers.whole(each.perSecond()),
        Numbers.whole(each.mebibytes()),
        each.threads() == 0 ? "-" : Numbers.whole(each.threads()),
        Numbers.brief(each.switches()));
  }
}
