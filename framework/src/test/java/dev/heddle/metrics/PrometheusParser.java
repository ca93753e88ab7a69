package dev.heddle.metrics;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads the text format of Prometheus, version 0.0.4, and refuses what breaks it or its
/// conventions.
final class PrometheusParser {
  private static final Pattern COMMENT =
      Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(.*)})? (\\S+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\[\\\\\"n])*)\"(,|$)");

  private final Map<String, String> types = new LinkedHashMap<>();
  private final Map<String, Double> samples = new LinkedHashMap<>();
  private final Set<String> helped = new LinkedHashSet<>();
  private String family = "";

  private PrometheusParser() {}

  /// Each sample by its name and labels, these sorted: `a_total{x="1",y="2"}`.
  static Map<String, Double> parse(String text) {
    PrometheusParser parser = new PrometheusParser();
    check(text.endsWith("\n"), "the last line has no end");
    for (String line : text.substring(0, text.length() - 1).split("\n", -1)) {
      parser.line(line);
    }
    parser.checkHistograms();
    check(parser.helped.equals(parser.types.keySet()), "each family has its help and its type");
    return parser.samples;
  }

  private void line(String line) {
    Matcher comment = COMMENT.matcher(line);
    if (comment.matches()) {
      comment(comment.group(1), comment.group(2), comment.group(3));
      return;
    }
    Matcher sample = SAMPLE.matcher(line);
    check(sample.matches(), "no sample: " + line);
    String name = sample.group(1);
    check(name.equals(family) || isPart(name), "not in its family: " + line);
    Map<String, String> labels = labels(sample.group(3) == null ? "" : sample.group(3));
    Double before = samples.put(key(name, labels), number(sample.group(4)));
    check(before == null, "twice: " + line);
  }

  private void comment(String kind, String name, String text) {
    if (kind.equals("HELP")) {
      check(helped.add(name), "a family twice: " + name);
      check(text.replaceAll("\\\\[\\\\n]", "").indexOf('\\') < 0, "a bad escape: " + text);
      family = name;
    } else {
      check(name.equals(family), "a type without its help: " + name);
      check(text.matches("counter|gauge|histogram|summary"), "no type: " + text);
      check(text.equals("counter") == name.endsWith("_total"), "a counter's name: " + name);
      types.put(name, text);
    }
  }

  private boolean isPart(String name) {
    String type = types.getOrDefault(family, "");
    return (type.equals("histogram") && name.equals(family + "_bucket"))
        || (type.matches("histogram|summary")
            && (name.equals(family + "_sum") || name.equals(family + "_count")));
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new TreeMap<>();
    Matcher label = LABEL.matcher(text);
    int at = 0;
    while (at < text.length()) {
      check(label.find(at) && label.start() == at, "labels: " + text);
      check(labels.put(label.group(1), label.group(2)) == null, "a label twice: " + text);
      at = label.end();
    }
    return labels;
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> {
        check(text.matches("-?[0-9.]+(E-?[0-9]+)?|NaN"), "no number: " + text);
        yield Double.parseDouble(text);
      }
    };
  }

  private static String key(String name, Map<String, String> labels) {
    StringBuilder key = new StringBuilder(name);
    labels.forEach(
        (label, value) ->
            key.append(key.length() == name.length() ? "{" : ",")
                .append(label + "=\"" + value + "\""));
    return labels.isEmpty() ? name : key + "}";
  }

  /// Buckets add up, grow with their bounds, and end with all.
  private void checkHistograms() {
    Pattern bucket = Pattern.compile("(.*)_bucket\\{(.*?),?le=\"([^\"]+)\",?(.*)}");
    Map<String, TreeMap<Double, Double>> buckets = new LinkedHashMap<>();
    samples.forEach(
        (key, value) -> {
          Matcher found = bucket.matcher(key);
          if (found.matches()) {
            String rest =
                Stream.of(found.group(2), found.group(4))
                    .filter(part -> !part.isEmpty())
                    .collect(Collectors.joining(","));
            buckets
                .computeIfAbsent(found.group(1) + "_count{" + rest + "}", _ -> new TreeMap<>())
                .put(number(found.group(3)), value);
          }
        });
    buckets.forEach(
        (count, bounds) -> {
          check(bounds.lastKey().isInfinite(), "no bucket +Inf: " + count);
          check(bounds.lastEntry().getValue().equals(samples.get(count)), "not all in: " + count);
          check(samples.containsKey(count.replace("_count{", "_sum{")), "no sum: " + count);
          double least = 0;
          for (double value : bounds.values()) {
            check(value >= least, "buckets do not add up: " + count);
            least = value;
          }
        });
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
