package dev.heddle.benchmarks.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/// What the page's script draws, as JSON: for each contest, the sound servers' figures and curves.
final class ChartData {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int CURVE_POINTS_PER_HALVING = 5;

  private ChartData() {}

  static String of(Comparison comparison) {
    ArrayNode contests = MAPPER.createArrayNode();
    comparison.contests().forEach(contest -> contests.add(of(contest)));
    // Inside a script element, no tag may seem to end it.
    return contests.toString().replace("<", "\\u003c");
  }

  private static ObjectNode of(Contest contest) {
    List<Entry> sound = contest.ranking().stream().filter(Entry::sound).toList();
    ObjectNode node = MAPPER.createObjectNode().put("protocol", contest.protocol());
    ArrayNode names = node.putArray("names");
    sound.forEach(entry -> names.add(entry.name()));
    addBars(node, "messages", sound, Figure.MESSAGES);
    addBars(node, "cpu", sound, Figure.CPU);
    addBars(node, "rateCpu", sound, Figure.RATE_CPU);
    ArrayNode memory = node.putArray("memory");
    sound.forEach(entry -> memory.add(bar(memory(entry))));
    ArrayNode curves = node.putArray("curves");
    sound.forEach(entry -> curves.add(curve(entry.latencies())));
    return node;
  }

  private static Spread memory(Entry entry) {
    IdleMemory memory = entry.memory();
    return Spread.of(memory == null ? List.of() : List.of(memory.kibibytes()));
  }

  private static void addBars(ObjectNode node, String name, List<Entry> entries, Figure figure) {
    ArrayNode bars = node.putArray(name);
    entries.forEach(entry -> bars.add(bar(entry.spread(figure))));
  }

  private static ArrayNode bar(Spread spread) {
    ArrayNode bar = MAPPER.createArrayNode();
    if (!Double.isNaN(spread.median())) {
      bar.add(spread.median()).add(spread.min()).add(spread.max());
    }
    return bar;
  }

  /// Points of how many nines (1 is 90%, 2 is 99%) and microseconds.
  private static ArrayNode curve(Histogram nanos) {
    ArrayNode curve = MAPPER.createArrayNode();
    double most = Math.log10((double) Math.max(1, nanos.getTotalCount()));
    for (HistogramIterationValue value : nanos.percentiles(CURVE_POINTS_PER_HALVING)) {
      double nines = -Math.log10(1 - value.getPercentileLevelIteratedTo() / 100);
      if (value.getTotalCountToThisValue() > 0) {
        curve
            .addArray()
            .add(round(Math.min(nines, most), 1e4))
            .add(round(value.getValueIteratedTo() / 1e3, 1e2));
      }
    }
    return curve;
  }

  private static double round(double value, double parts) {
    return Math.round(value * parts) / parts;
  }
}
