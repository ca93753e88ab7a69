package dev.heddle.benchmarks.report;

/// How the figures of a page came to be, in words.
///
/// @param legend what charts and tables show
/// @param text how it was measured, and where the figures are besides
record Method(String legend, String text) {
  private static final Method ROUNDS =
      new Method(
          "Charts show the median of the rounds; whiskers reach from the lowest round to the"
              + " highest. Servers with errors or starved connections are in the tables only.",
          "Each server runs in a JVM of its own. It is warmed by short connections and then by load"
              + " until throughput is steady and its compilers rest, and measured on new"
              + " connections in interleaved rounds, another one first each time. A round is a"
              + " closed-loop window, in which each reply makes room for the next message, and a"
              + " window at a fixed rate, in which latency counts from when a message was meant to"
              + " be sent. Ratios are of figures of the same round. Memory is the slope of resident"
              + " memory over idle connections, after a full collection and without what the"
              + " compilers hold, in a server of its own with a heap that follows what is alive."
              + " All figures are in results.json and results.csv beside this page, latencies in"
              + " .hgrm and .hlog files.");

  private static final Method HISTORY =
      new Method(
          "The tables that textbooks quote, measured here once, from a few connections to many.",
          "Each row is a server in a JVM of its own, warmed by a few connections. Then all connect,"
              + " and each asks again as soon as it has its answer, for one window. A connection"
              + " that has no answer in time is not alive. Memory is what the process has resident"
              + " with all connected. All figures are in results.json beside this page.");

  static Method of(Comparison comparison) {
    return comparison.contests().isEmpty() ? HISTORY : ROUNDS;
  }
}
