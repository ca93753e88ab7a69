package dev.heddle.benchmarks.report;

import static java.util.Map.entry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A comparison as one page that needs nothing else: style, script and figures are all inside.
final class Page {
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");
  private static final Pattern SOURCE_MAP = Pattern.compile("(?m)^//# sourceMappingURL=.*$");

  private Page() {}

  static String of(Comparison comparison) {
    Method method = Method.of(comparison);
    Map<String, String> parts =
        Map.ofEntries(
            entry("title", Html.text("Heddle compare: " + protocols(comparison))),
            entry("style", resource("page.css")),
            entry("legend", Html.text(method.legend())),
            entry("method", Html.text(method.text())),
            entry("licence", resource("chart.js/LICENSE.md").replace("--", "- -")),
            entry(
                "library",
                SOURCE_MAP.matcher(resource("chart.js/chart.umd.min.js")).replaceAll("")),
            entry("script", resource("page.js")),
            entry("data", ChartData.of(comparison)),
            entry("facts", facts(comparison)),
            entry("contests", contests(comparison) + CapacityHtml.of(comparison.history())),
            entry("command", Html.text(comparison.command())));
    Matcher places = PLACE.matcher(resource("page.html"));
    return places.replaceAll(
        place -> Matcher.quoteReplacement(parts.getOrDefault(place.group(1), "")));
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("not built in: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static String protocols(Comparison comparison) {
    return comparison.contests().isEmpty()
        ? "history"
        : comparison.contests().stream().map(Contest::protocol).collect(Collectors.joining(", "));
  }

  private static String facts(Comparison comparison) {
    Machine machine = comparison.machine();
    Conditions conditions = comparison.conditions();
    StringBuilder facts = new StringBuilder();
    addFact(facts, "Date", comparison.date());
    addFact(facts, "Processor", machine.processors() + " x " + machine.processor());
    addFact(facts, "Memory", Numbers.whole(machine.memory() / 1048576.0) + " MiB");
    addFact(facts, "System", machine.system());
    addFact(facts, "TCP congestion control", machine.congestionControl());
    addFact(facts, "JDK", machine.jdk());
    addFactInHtml(facts, "JVM options", Html.words(conditions.jvmOptions()));
    addFact(facts, "Processors used", conditions.processors());
    addFact(facts, "Rounds", conditions.schedule());
    return facts.toString();
  }

  private static void addFact(StringBuilder facts, String name, String value) {
    addFactInHtml(facts, name, Html.text(value));
  }

  private static void addFactInHtml(StringBuilder facts, String name, String value) {
    facts.append("<dt>%s</dt><dd>%s</dd>\n".formatted(Html.text(name), value));
  }

  private static String contests(Comparison comparison) {
    List<Contest> contests = comparison.contests();
    return IntStream.range(0, contests.size())
        .mapToObj(
            number ->
                new ContestHtml(contests.get(number), comparison.conditions(), number).toHtml())
        .collect(Collectors.joining());
  }
}
