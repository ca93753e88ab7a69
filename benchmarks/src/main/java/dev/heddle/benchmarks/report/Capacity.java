package dev.heddle.benchmarks.report;

/// How one kind of server bore a number of connections that all asked at once.
///
/// @param mode its name
/// @param connections how many there were
/// @param alive those that had every reply in time
/// @param perSecond requests answered a second, over all
/// @param mebibytes resident memory of the process, when all were connected; NaN when unknown
/// @param threads of the process; 0 when unknown
/// @param switches context switches a second; NaN when unknown
/// @param reason what went wrong, in a few words; empty when nothing did
public record Capacity(
    String mode,
    int connections,
    int alive,
    double perSecond,
    double mebibytes,
    int threads,
    double switches,
    String reason) {
  /// A server that could not be measured.
  public static Capacity failed(String mode, int connections, String reason) {
    return new Capacity(mode, connections, 0, Double.NaN, Double.NaN, 0, Double.NaN, reason);
  }
}
