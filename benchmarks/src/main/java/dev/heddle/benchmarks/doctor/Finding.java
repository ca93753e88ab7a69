package dev.heddle.benchmarks.doctor;

/// One setting, looked at.
///
/// @param value as it is; empty when it cannot be read
/// @param limits what it limits, in a sentence
/// @param remedy the exact line that changes it; empty when it is well as it is
record Finding(String name, String value, String limits, String remedy) {
  static Finding well(String name, String value, String limits) {
    return new Finding(name, value, limits, "");
  }

  static Finding unknown(String name, String where) {
    return new Finding(name, "", "cannot be read here: " + where, "");
  }

  /// A setting that is well when it is at least `wanted`.
  static Finding atLeast(long wanted, long value, String name, String limits, String remedy) {
    return new Finding(name, Words.number(value), limits, value >= wanted ? "" : remedy);
  }

  /// The word that it is marked by.
  String mark() {
    if (value.isEmpty()) {
      return "?";
    }
    return remedy.isEmpty() ? "ok" : "change";
  }
}
