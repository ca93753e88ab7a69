package dev.heddle.benchmarks.report;

/// What idle connections cost a server: resident memory, in bytes, with few and with many of them.
public record IdleMemory(int few, long residentWithFew, int many, long residentWithMany) {
  /// The slope, in bytes a connection: what the server weighs without connections does not count.
  public double perConnection() {
    return (double) (residentWithMany - residentWithFew) / (many - few);
  }

  double kibibytes() {
    return perConnection() / 1024;
  }
}
