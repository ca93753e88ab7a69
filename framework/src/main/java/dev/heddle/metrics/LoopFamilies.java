package dev.heddle.metrics;

import dev.heddle.LoopStatistics;
import dev.heddle.Server;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// How event loops are told of; nothing, where the engine has none.
final class LoopFamilies {
  private LoopFamilies() {}

  static void write(PrometheusText out, Server server, Map<String, LongAdder> stalls) {
    List<LoopStatistics> loops = server.loops();
    if (loops.isEmpty()) {
      return;
    }
    out.counter("heddle_loop_turns_total", "Times a loop looked at its sockets.");
    loops.forEach(loop -> out.sample(loop.turns(), "loop", loop.name()));
    out.gauge("heddle_loop_connections", "Connections of a loop now.");
    loops.forEach(loop -> out.sample(loop.connections(), "loop", loop.name()));
    out.counter(
        "heddle_loop_stalls_total",
        "Times a handler held a loop for longer than the option loopStallWarning.");
    for (LoopStatistics loop : loops) {
      LongAdder count = stalls.get(loop.name());
      out.sample(count == null ? 0 : count.sum(), "loop", loop.name());
    }
  }
}
