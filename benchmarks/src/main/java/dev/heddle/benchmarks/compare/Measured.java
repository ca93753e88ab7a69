package dev.heddle.benchmarks.compare;

import dev.heddle.benchmarks.report.Entry;
import dev.heddle.benchmarks.report.IdleMemory;
import dev.heddle.benchmarks.report.Round;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of a contender so far. Written by the thread that measures, and read by any.
final class Measured {
  private final Contender contender;
  private final List<Round> rounds = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private String command = "";
  private @Nullable IdleMemory memory;
  private boolean failed;

  Measured(Contender contender) {
    this.contender = contender;
  }

  Contender contender() {
    return contender;
  }

  synchronized void startedBy(String command) {
    this.command = command;
  }

  synchronized void add(Round round) {
    rounds.add(round);
  }

  synchronized void memory(IdleMemory memory) {
    this.memory = memory;
  }

  /// Something is missing of it.
  synchronized void note(@Nullable String problem) {
    problems.add(String.valueOf(problem));
  }

  /// It cannot be measured further.
  synchronized void fail(@Nullable String problem) {
    note(problem);
    failed = true;
  }

  synchronized boolean failed() {
    return failed;
  }

  synchronized Entry entry() {
    return new Entry(contender.name(), command, rounds, memory, problems, failed);
  }
}
