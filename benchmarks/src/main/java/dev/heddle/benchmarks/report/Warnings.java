package dev.heddle.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// What is to be known before a contest's figures are believed.
final class Warnings {
  private static final double GENERATOR_BUSY = 0.95;
  private static final double SERVER_IDLE = 0.90;
  private static final double DISAGREEMENT = 0.10;

  private Warnings() {}

  static List<String> of(Contest contest, Conditions conditions) {
    List<String> warnings = new ArrayList<>();
    if (conditions.shared()) {
      warnings.add("the server and the generator share processors: each slows the other down");
    }
    for (Entry entry : contest.entries()) {
      entry.notes().forEach(note -> warnings.add(entry.name() + ": " + note));
      if (!entry.rounds().isEmpty()) {
        addErrors(entry, warnings);
        addDoubts(entry, warnings);
      }
    }
    if (contest.baseEntry().isEmpty()) {
      warnings.add("no ratios: the base, " + contest.base() + ", has no sound rounds");
    }
    return warnings;
  }

  private static void addErrors(Entry entry, List<String> warnings) {
    if (!entry.errors().isEmpty()) {
      String errors =
          entry.errors().entrySet().stream()
              .map(error -> Numbers.whole(error.getValue()) + " " + error.getKey())
              .collect(Collectors.joining(", "));
      warnings.add(entry.name() + ": not ranked, as there were errors: " + errors);
    }
    if (entry.starved() > 0) {
      warnings.add(
          "%s: not ranked, as %s connections waited over a second"
              .formatted(entry.name(), Numbers.whole(entry.starved())));
    }
    if (entry.worst(Sample::unsent) > 0) {
      warnings.add(
          "%s: could not keep the rate; up to %s messages of a round were never sent"
              .formatted(entry.name(), Numbers.whole(entry.worst(Sample::unsent))));
    }
  }

  private static void addDoubts(Entry entry, List<String> warnings) {
    double generator = saturated(entry, Sample::generatorLoad);
    double server = saturated(entry, Sample::serverLoad);
    if (generator > GENERATOR_BUSY && server < SERVER_IDLE) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "%s: its messages/s are the generator's limit (generator %.0f%%, server %.0f%% of"
                  + " a core)",
              entry.name(),
              100 * generator,
              100 * server));
    }
    double apart =
        Math.max(entry.spread(Figure.MESSAGES).width(), entry.spread(Figure.CPU).width());
    if (apart > DISAGREEMENT) {
      warnings.add(
          String.format(Locale.ROOT, "%s: its rounds are %.0f%% apart", entry.name(), 100 * apart));
    }
  }

  private static double saturated(Entry entry, ToDoubleFunction<Sample> figure) {
    return Spread.of(entry.rounds(), round -> figure.applyAsDouble(round.saturated())).median();
  }
}
