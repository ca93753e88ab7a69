package dev.heddle.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;

/// Processes that Ctrl-C does not reach. A terminal sends it to all that run in it, and what is
/// being measured should not end by itself: what it left undone would pass for what it can do.
final class OutOfReach {
  /// What is ignored stays so for the program that a shell becomes.
  private static final List<String> SHELL = List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh");

  private OutOfReach() {}

  /// A command that does what another does, in a process whose number is the same.
  static List<String> command(List<String> command) {
    List<String> all = new ArrayList<>(SHELL);
    all.addAll(command);
    return all;
  }
}
