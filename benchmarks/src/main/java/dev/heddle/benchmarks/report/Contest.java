package dev.heddle.benchmarks.report;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One protocol, spoken by several servers.
///
/// @param target what was asked for, with `{port}` in place of the port
/// @param message what one message is, in words
/// @param connections how many were loaded
/// @param base the name of the entry that the others are held against
/// @param rate messages a second in the fixed-rate windows
public record Contest(
    String protocol,
    String target,
    String message,
    int connections,
    String base,
    double rate,
    List<Entry> entries) {
  /// Copies what it is given.
  public Contest {
    entries = List.copyOf(entries);
  }

  /// Whether at least one round of one server was measured.
  public boolean begun() {
    return entries.stream().anyMatch(entry -> !entry.rounds().isEmpty());
  }

  /// Least processor time a message first; then, in no order, those that cannot be ranked.
  List<Entry> ranking() {
    Stream<Entry> sound =
        entries.stream()
            .filter(Entry::sound)
            .sorted(Comparator.comparingDouble(entry -> entry.spread(Figure.CPU).median()));
    return Stream.concat(sound, entries.stream().filter(entry -> !entry.sound())).toList();
  }

  /// The ratios of a figure to the base's, round by round; of nothing when one is not sound.
  Spread ratio(Entry entry, Figure figure) {
    return entry.sound()
        ? baseEntry().map(base -> entry.ratio(figure, base)).orElse(Spread.NONE)
        : Spread.NONE;
  }

  /// The ratio of what an idle connection costs to what it costs the base; NaN when that is
  /// unknown.
  double ratio(IdleMemory memory) {
    return baseEntry()
        .flatMap(entry -> Optional.ofNullable(entry.memory()))
        .map(other -> memory.perConnection() / other.perConnection())
        .orElse(Double.NaN);
  }

  /// Those with at least one round, the best first.
  List<Entry> measured() {
    return ranking().stream().filter(entry -> !entry.rounds().isEmpty()).toList();
  }

  /// The base, unless it cannot be compared with.
  Optional<Entry> baseEntry() {
    return entries.stream().filter(entry -> entry.name().equals(base) && entry.sound()).findFirst();
  }
}
