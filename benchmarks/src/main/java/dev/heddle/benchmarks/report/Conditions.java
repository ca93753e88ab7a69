package dev.heddle.benchmarks.report;

/// What all servers of a comparison had in common.
///
/// @param seconds how long a window was
/// @param freshJvms whether each round had a JVM of its own
/// @param processors which processors the server and the generator had, in a sentence
/// @param shared whether they had some of them in common
public record Conditions(
    int pipeline,
    int rounds,
    double seconds,
    boolean freshJvms,
    String processors,
    boolean shared,
    String jvmOptions) {
  /// `64 connections, 1 message in flight on each: 64 bytes`.
  String load(Contest contest) {
    return "%s connections, %s in flight on each: %s"
        .formatted(
            Numbers.whole(contest.connections()),
            pipeline == 1 ? "1 message" : Numbers.whole(pipeline) + " messages",
            contest.message());
  }

  /// `5 rounds of 1 s`.
  String schedule() {
    return "%s of %s s%s"
        .formatted(
            rounds == 1 ? "1 round" : rounds + " rounds",
            Numbers.plain(seconds),
            freshJvms ? ", each in a JVM of its own" : "");
  }
}
