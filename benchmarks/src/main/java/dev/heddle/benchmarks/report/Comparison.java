package dev.heddle.benchmarks.report;

import java.util.List;

/// All that one run of `compare` found.
///
/// @param date in ISO-8601, with the zone
/// @param command as the user gave it
/// @param history what `--history` found; empty without it
public record Comparison(
    String date,
    String command,
    Machine machine,
    Conditions conditions,
    List<Contest> contests,
    List<Capacity> history) {
  /// Copies what it is given.
  public Comparison {
    contests = List.copyOf(contests);
    history = List.copyOf(history);
  }

  /// Whether all servers were measured, and none made an error.
  public boolean sound() {
    return contests.stream().flatMap(contest -> contest.entries().stream()).allMatch(Entry::sound);
  }
}
